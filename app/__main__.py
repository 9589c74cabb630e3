"""`python -m app` is `parallax`."""

from app.cli import main

if __name__ == "__main__":
    main()
