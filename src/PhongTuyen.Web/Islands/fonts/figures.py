"""Writes figures-*.woff2: the ten digits of Be Vietnam Pro, all equally wide.

The typeface has no tabular figures, so that columns of numbers do not align and ticking counters move.
Run again only when the version of @fontsource/be-vietnam-pro changes; needs python3-fonttools and python3-brotli.
Licence of the result: SIL Open Font License 1.1, as the typeface itself.
"""
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

HERE = Path(__file__).parent
SOURCE = HERE.parents[3] / "node_modules/@fontsource/be-vietnam-pro/files"
WIDTHS = {400: 640, 600: 664, 700: 676}  # of 1000 units an em; the widest digit keeps 2 % of air at each side

for weight, width in WIDTHS.items():
    font = TTFont(SOURCE / f"be-vietnam-pro-latin-{weight}-normal.woff2")
    options = Options(layout_features=[], hinting=False, name_IDs=[0, 13, 14], notdef_outline=False)
    subsetter = Subsetter(options)
    subsetter.populate(text="0123456789")
    subsetter.subset(font)
    for code, name in font.getBestCmap().items():
        glyph = font["glyf"][name]
        glyph.recalcBounds(font["glyf"])
        left = (width - (glyph.xMax - glyph.xMin)) // 2
        glyph.coordinates.translate((left - glyph.xMin, 0))
        glyph.recalcBounds(font["glyf"])
        font["hmtx"][name] = (width, left)
    for record, text in ((1, "PT Figures"), (2, "Regular"), (4, f"PT Figures {weight}")):
        font["name"].setName(text, record, 3, 1, 0x409)
    font.flavor = "woff2"
    font.save(HERE / f"figures-{weight}.woff2")
