"""Reading people's tables: CSV and spreadsheets in any encoding, numbers and dates as people write them. Pure: no Django."""
