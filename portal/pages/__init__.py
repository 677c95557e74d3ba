"""Every kind of page of the site, each in a module of its own; `portal.models` lists them."""
