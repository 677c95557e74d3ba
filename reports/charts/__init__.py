"""Charts drawn as SVG on the server. Pure: no Django."""
