"""The first files of an infrastructure repository: what `auth0-apis new` writes."""
