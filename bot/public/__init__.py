"""Pictures at a public address: where they are put for networks that fetch them, and whether that works."""

from bot.public.faults import Fault
from bot.public.outside import Outside
from bot.public.places import FeedFolder, Folder, Place, Showcase, address_secret
from bot.public.store import Bucket

__all__ = ["Bucket", "Fault", "FeedFolder", "Folder", "Outside", "Place", "Showcase", "address_secret"]
