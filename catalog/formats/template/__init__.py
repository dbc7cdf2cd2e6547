"""Our own template: a workbook with a sheet for each part, a CSV for its flat part, and the same as JSON."""
