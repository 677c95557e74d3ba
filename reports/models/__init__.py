"""What this area keeps: figures with their sources, events, cameras."""
