"""Test Auth0 infrastructure in a second: a pytest plugin (`plugin`), and a kit for policies (`policies`).

Nothing is imported here, because pytest loads the plugin in every run.
"""
