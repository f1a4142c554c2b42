"""Photos for drafts, in turn."""

from dataclasses import replace

import pytest
from PIL import Image as Pillow
from PIL import ImageDraw

from bot.composer.album import Album
from bot.composer.drafts import Draft
from bot.composer.suits import spoken_for
from bot.images.kept import Pictures
from bot.images.photos import Photo
from bot.model import Brand, Image, Post, Status

CALM = spoken_for(Image("Ashiatsu massage reduces chronic tension."))


class Known:
    """Photos that were looked through before: faces by name."""

    def __init__(self, root, faces=()):
        self.root, self.faces = root, faces

    def find(self, name):
        face = ((0.4, 0.1, 0.6, 0.3),) if name in self.faces else ()
        return Photo(name, "f" * 64, self.root / name, 900, 1200, ((0, 0), (0, 0)), face)


def album(root, *posts, faces=()):
    pictures = Pictures(root, Brand("Quiet Feet"))
    pictures.photos = Known(root, faces)
    return Album(pictures, posts)


def draft(number, image=CALM):
    post = Post(f"p{number}", Status.DRAFT, ("feed",), "x", (image,), path=f"posts/{number:02d}-p.md")
    return Draft(post, (), ())


def photos(made):
    return [one.post.images[0].photo.rpartition("/")[2] for one in made]


@pytest.fixture
def root(tmp_path):
    folder = tmp_path / "images/backgrounds"
    folder.mkdir(parents=True)
    for name in ("b.jpg", "a.jpg"):
        picture = Pillow.new("RGB", (900, 1200), "#557766")
        ImageDraw.Draw(picture).ellipse((300, 100, 600, 400), fill="#ddaa88")
        picture.save(folder / name)
    (folder / "notes.txt").write_text("no photo")
    (folder / ".a.jpg").write_text("hidden")
    return tmp_path


def test_every_third_draft_gets_a_photo_and_none_comes_again_before_all_were_used(root):
    turns = album(root)
    made = [turns.illustrated(draft(n)) for n in range(1, 13)]
    assert photos(made) == ["", "", "a.jpg", "", "", "b.jpg", "", "", "a.jpg", "", "", "b.jpg"]
    shown = made[2].post.images[0]
    assert shown.template in {"photo", "split"}
    assert shown.headline == CALM.headline
    assert "a photo." in shown.alt


def test_a_photo_that_a_post_has_already_waits_for_the_others_and_keeps_whose_it_is(root):
    name = "images/backgrounds/a.jpg"
    known = replace(CALM, photo=name, credit="Ann Lee", licence="CC BY 4.0")
    turns = album(root, draft(1, known).post)
    made = [turns.illustrated(draft(n)) for n in (4, 7)]
    assert photos(made) == ["b.jpg", "a.jpg"]
    assert (made[1].post.images[0].credit, made[1].post.images[0].licence) == ("Ann Lee", "CC BY 4.0")


def test_a_recognisable_face_is_chosen_only_with_consent_on_record(root):
    name = "images/backgrounds/a.jpg"
    assert photos([album(root, faces=[name]).illustrated(draft(3))]) == ["b.jpg"]
    known = replace(CALM, photo=name, consent="Ann Lee, in writing, 2026-11-01")
    turns = album(root, draft(1, known).post, faces=[name])
    assert photos([turns.illustrated(draft(n)) for n in (3, 4, 6, 7)]) == ["", "b.jpg", "", "a.jpg"]


def test_a_list_a_figure_and_a_workspace_without_photos_stay_as_they_are(root, tmp_path_factory):
    listed = Image("Massage can", items=("a", "b", "c"), template="list")
    for image in (listed, Image("is all.", number="20 minutes", template="number")):
        assert album(root).illustrated(draft(3, image)) == draft(3, image)
    assert album(tmp_path_factory.mktemp("empty")).illustrated(draft(3)) == draft(3)


def test_words_that_fit_beside_no_photo_stand_alone_and_leave_the_turn_to_the_next(root):
    long, turns = spoken_for(Image("word " * 60)), album(root)
    assert turns.illustrated(draft(3, long)) == draft(3, long)
    assert photos([turns.illustrated(draft(n)) for n in (4, 5, 6, 7)]) == ["a.jpg", "", "", "b.jpg"]


def test_a_support_that_leaves_a_photo_no_room_is_posted_and_not_drawn(root):
    wordy = spoken_for(Image("It reduces chronic tension. " * 5, "It is great for the hips and the back. " * 6))
    (image,) = album(root).illustrated(draft(3, wordy)).post.images
    assert (image.photo, image.support) == ("images/backgrounds/a.jpg", "")
    assert wordy.support not in image.alt
