"""Loads archives of Image Job as people who train models do, and prints what the libraries see as JSON.

Arguments: an empty folder, then archives. Each archive is unpacked below that folder with the zipfile module.
"""

import json
import pathlib
import sys
import zipfile

from datasets import load_dataset

# Files that both take for images: torchvision.datasets.ImageFolder also takes .webp, Keras'
# image_dataset_from_directory also takes .gif. See IMG_EXTENSIONS there and ALLOWLIST_FORMATS here.
EXTENSIONS = (".jpg", ".jpeg", ".png", ".bmp")


def image_folder(root):
    """Class folders sorted, each with its images, by the documented rules of ImageFolder and Keras."""
    classes = sorted(entry.name for entry in root.iterdir() if entry.is_dir())
    images = {}
    for name in classes:
        found = [path for path in (root / name).rglob("*") if path.suffix.lower() in EXTENSIONS]
        if not found:
            raise FileNotFoundError(f"ImageFolder refuses a class without images: {name}")
        images[name] = len(found)
    return images


def hugging_face(root, cache):
    """The rows of each part, with the size of each decoded image."""
    parts = load_dataset("imagefolder", data_dir=str(root), cache_dir=str(cache))
    return {
        part: {
            "types": {name: repr(feature) for name, feature in rows.features.items()},
            "rows": [{**row, "image": list(row["image"].convert("RGB").size)} for row in rows],
        }
        for part, rows in parts.items()
    }


def loaded(archive, folder):
    # Words such as "test" above the data must not count as the name of a part.
    root = folder / "crash-test" / archive.stem
    with zipfile.ZipFile(archive) as file:
        file.extractall(root)
    names = {path.name for path in root.iterdir() if path.is_dir()}
    if list(root.rglob("metadata.jsonl")):
        return {"parts": hugging_face(root, folder / "cache" / archive.stem)}
    roots = {part: root / part for part in ("train", "validation") if part in names} or {"all": root}
    return {"classes": {part: image_folder(path) for part, path in roots.items()}}


folder, *archives = map(pathlib.Path, sys.argv[1:])
print(json.dumps({archive.stem: loaded(archive, folder) for archive in archives}))
