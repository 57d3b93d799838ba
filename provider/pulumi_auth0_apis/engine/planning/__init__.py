"""From what the program asks for and the state holds to the steps between them."""
