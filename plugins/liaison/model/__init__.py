"""What exists: frozen typed records, codes and calendars. No files, no HTML, no clock."""
