"""The networks of Meta: Facebook Pages, Instagram and Threads, which all speak Graph."""
