"""Geometry of cameras: what sensors reach, how much of a district that is, what is near. Pure: no Django.

Places come and go as WGS84 degrees. Distances are measured in the national system of the region's country, areas in
the equal-area projection EPSG:3035.
"""
