"""One module per family of routes: parse, call the model, format. No rule lives here."""
