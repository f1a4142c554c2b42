"""Files that somebody made to break, to hang or to betray what reads them: name -> what makes the bytes."""
