"""The resource classes, a module each, whose name is the word by which every state knows its provider."""
