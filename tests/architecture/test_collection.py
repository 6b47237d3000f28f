"""Every test is collected: two files of one name in two folders are two modules only where the folders are packages."""

from pathlib import Path

TESTS = Path(__file__).parents[1]


def test_every_folder_of_tests_is_a_package_up_to_the_root() -> None:
    folders = {
        folder
        for file in TESTS.rglob("test_*.py")
        for folder in file.relative_to(TESTS).parents
        if folder != Path()
    }
    assert not sorted(str(folder) for folder in folders if not (TESTS / folder / "__init__.py").exists())
