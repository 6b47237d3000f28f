"""What makes a password one that is guessed first, and what does not."""

import pytest

from chalicelib.platform.access import guessable as guessing
from chalicelib.platform.access.guessable import guessable
from chalicelib.platform.access.passwords import WeakPassword, check_policy

OWN = ("maria.quispe", "María Quispe", "sisa", "Cooperativa Sisa Ltda.")
GUESSED = """
contraseña contraseña1 Contraseña2026! C0ntr4señ4 contrasena123 ContraseñaContraseña passw0rd123 P@ssw0rd!!2026
iloveyou123 Qwertyuiop1 qwerty123456 1q2w3e4r5t 1qaz2wsx3edc zxcvbnm1234 poiuytrewq abcdefghij 1234567890 0991234567
9876543210 mariposa2026 M4riposa2026 $ecreto2026 esperanza123 Guadalupe1990 guayaquil2026 BarcelonaSC1925 diosesamor7
teamoteamo2 Ecuador2026! Cooperativa-Sisa-2026 sisa-sisa-2026 quispe.maria.1990 MariaQuispe99 administrador1
""".split()
CHOSEN = """
Lluvia-sobre-el-cerro-9 Quinua-de-altura-7 mi-gato-duerme-en-el-horno tres.papas.con.cuero k7Rw-9xQm-2vTz
xk29vmq81rw7 ElTrenDeLas5LlegaTarde Ñandú-corre-lento-33
""".split()


@pytest.mark.parametrize("password", GUESSED)
def test_what_is_guessed_first_is_no_password(password: str) -> None:
    assert guessable(password, OWN)
    with pytest.raises(WeakPassword):
        check_policy(password, "somebody", (), OWN)


@pytest.mark.parametrize("password", CHOSEN)
def test_a_phrase_or_a_random_password_is_one(password: str) -> None:
    assert not guessable(password, OWN)
    check_policy(password, "somebody", (), OWN)


def test_the_list_knows_tens_of_thousands_of_words_and_all_of_them_folded() -> None:
    known = guessing._known()
    assert len(known) > 60_000
    assert {"contrasena", "mariposa", "cooperativa", "football", "gutierrez", "ligadequito"} <= known
    assert not [word for word in known if word != guessing.folded(word)]
