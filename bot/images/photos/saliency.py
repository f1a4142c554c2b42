"""What the eye goes to in a photo, as a small grid: detail, odd colours, skin, and a little the middle."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image as Picture

CELLS = 28
"""Along the longer side."""
FINE = 8
"""Pixels of the thumbnail a cell."""
CALM, LOUD = 0.35, 0.98
"""Of all cells: so many are background and count nothing; what is above the other is as interesting as can be."""
SKIN = ((120, 77, 133), (255, 127, 173))
"""The usual box of skin in YCbCr, without the dark: Chai and Ngan 1999."""


def interest(photo: Picture) -> list[list[int]]:
    """Rows of cells, 0 (background) to 255; the same photo gives the same grid."""
    from PIL import Image, ImageChops

    long = max(photo.size)
    grid = (max(1, round(photo.width * CELLS / long)), max(1, round(photo.height * CELLS / long)))
    small = photo.resize((grid[0] * FINE, grid[1] * FINE), Image.Resampling.BOX, reducing_gap=2.0).convert("YCbCr")
    loud = Image.blend(_detail(small, grid), _odd(small, grid), 0.6)
    loud = ImageChops.add(loud, _skin(small, grid))
    return _spread(ImageChops.multiply(loud, _middle(grid)))


def _detail(small: Picture, grid: tuple[int, int]) -> Picture:
    """How much the light changes within a cell, less what it changes everywhere around: grass is no subject."""
    from PIL import Image, ImageChops, ImageFilter

    light = small.getchannel("Y")
    edges = ImageChops.difference(light, light.filter(ImageFilter.GaussianBlur(2)))
    near = edges.filter(ImageFilter.GaussianBlur(FINE / 2))
    usual = edges.filter(ImageFilter.GaussianBlur(4 * FINE)).point(lambda value: value * 0.7)
    return ImageChops.subtract(near, usual, 0.12).resize(grid, Image.Resampling.BOX)


def _odd(small: Picture, grid: tuple[int, int]) -> Picture:
    """How far the colour of a cell is from the mean of the whole, and from that of the border."""
    from PIL import Image, ImageChops, ImageStat

    cells = small.resize(grid, Image.Resampling.BOX)
    width, height = grid
    edge = Image.new("L", grid, 255)
    if width > 4 and height > 4:
        edge.paste(0, (2, 2, width - 2, height - 2))
    far = Image.new("L", grid)
    for mean in (ImageStat.Stat(cells).mean, ImageStat.Stat(cells, edge).mean):
        usual = Image.new("YCbCr", grid, (round(mean[0]), round(mean[1]), round(mean[2])))
        light, blue, red = ImageChops.difference(cells, usual).split()
        colour = ImageChops.add(blue, red, 0.5)
        far = ImageChops.add(far, Image.blend(light, colour, 0.6), 1.0)
    return far


def _skin(small: Picture, grid: tuple[int, int]) -> Picture:
    """A little where hands, feet and faces may be."""
    from PIL import Image, ImageChops

    parts = [
        part.point([255 if low <= value <= high else 0 for value in range(256)])
        for part, low, high in zip(small.split(), *SKIN, strict=True)
    ]
    both = ImageChops.multiply(ImageChops.multiply(parts[0], parts[1]), parts[2])
    return both.resize(grid, Image.Resampling.BOX).point(lambda value: value * 0.12)


def _middle(grid: tuple[int, int]) -> Picture:
    """All of it in the middle, half in the corners: photographers aim."""
    from PIL import Image, ImageOps

    return ImageOps.invert(Image.radial_gradient("L").resize(grid)).point(lambda value: 118 + value * 137 / 255)


def _spread(loud: Picture) -> list[list[int]]:
    """The cells stretched so that the calm ones are nothing and the loudest everything."""
    cells = list(loud.tobytes())
    ranked = sorted(cells)
    low, high = ranked[int(CALM * (len(ranked) - 1))], ranked[int(LOUD * (len(ranked) - 1))]
    reach = max(high - low, 12)
    shown = [min(255, max(0, (cell - low) * 255 // reach)) for cell in cells]
    return [shown[start : start + loud.width] for start in range(0, len(shown), loud.width)]
