"""Reading people's tables: CSV and spreadsheets in any encoding, numbers and dates as written. Pure: no Django."""
