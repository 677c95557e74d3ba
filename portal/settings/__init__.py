"""Settings: ``demo`` (loopback only), ``production`` and ``test`` stand on ``base``."""
