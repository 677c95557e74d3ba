"""What ``./run`` does before anything is installed: the standard library only."""
