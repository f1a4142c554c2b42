"""Where the command starts: the front page is a file, everything else loads what it needs (`bot/cli`).

Asked for nothing but help, the command prints `bot/help.txt` (made by docs/generate.py from the commands, checked by a
test) and is done before the first library is loaded.
"""

import sys


def main() -> None:
    """Run the command line."""
    if sys.argv[1:] in ([], ["-h"], ["--help"]):
        with open(f"{__file__.rpartition('__main__')[0]}help.txt", encoding="utf-8") as page:  # noqa: PTH123
            sys.stdout.write(page.read())
        return
    from bot.cli import main as command

    command(prog_name="bot")


if __name__ == "__main__":
    main()
