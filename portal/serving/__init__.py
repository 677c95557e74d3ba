"""Web server, worker and minute tick as one supervised whole: the standard library only, no Django."""
