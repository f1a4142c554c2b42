"""`python -m bot`: the command, where the script is not on the path."""

from bot.cli import main

if __name__ == "__main__":
    main(prog_name="bot")
