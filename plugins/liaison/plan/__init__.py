"""Which pages a register gives, with their addresses and titles, and what comes next at each station. No rendering."""
