"""Names, streets and trades of each country. All people made of them are invented; any likeness is chance."""

from chalicelib.kernel.dataclass import dataclass


@dataclass(frozen=True, slots=True)
class Words:
    """What people and organisations of a country are called and where they live."""

    women: tuple[str, ...]
    men: tuple[str, ...]
    surnames: tuple[str, ...]
    streets: tuple[str, ...]
    quarters: tuple[str, ...]
    organisations: tuple[str, ...]
    places: tuple[str, ...]
    mobile_prefixes: tuple[str, ...]
    mobile_digits: int
    salary: int
    """A usual monthly income in major units of the country's currency."""
    smallest: int
    """What amounts of cash are multiples of, in major units."""


def _listed(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.replace("\n", " ").split(",") if part.strip())


ECUADOR = Words(
    women=_listed(
        """
        María, Rosa, Carmen, Luz, Ana, Blanca, Gloria, Mercedes, Sisa, Tamia, Nina, Killa, Wayra,
        Verónica, Gabriela, Andrea, Paola, Diana, Jenny, Mónica, Narcisa, Zoila, Piedad, Elsa, Fanny,
        Martha, Silvia, Nelly, Cristina, Daniela, Karina, Lorena, Mayra, Sandra, Tania, Ximena, Yolanda,
        Lucía, Samia, Inti Sisa
        """
    ),
    men=_listed(
        """
        José, Luis, Carlos, Jorge, Manuel, Segundo, Ángel, Víctor, Inti, Yaku, Rumi, Amaru, Sayri,
        Kuntur, Juan, Pedro, Miguel, Marco, Fausto, Byron, Washington, Wilson, Edison, Franklin, Galo,
        Hernán, Iván, Javier, Klever, Leonardo, Milton, Néstor, Oswaldo, Patricio, Ramiro, Santiago,
        Telmo, Vinicio, Xavier, Darwin
        """
    ),
    surnames=_listed(
        """
        Quishpe, Guamán, Morales, Cevallos, Toaquiza, Farinango, Lema, Cotacachi, Maldonado, Chiluisa,
        Villacís, Ordóñez, Sigüenza, Albán, Yánez, Tipán, Jaramillo, Peralta, Cachiguango, Anrango,
        Conejo, Perugachi, Muenala, Pilataxi, Simbaña, Tituaña, Chicaiza, Pallo, Umajinga, Vega,
        Zambrano, Andrade, Bravo, Cárdenas, Delgado, Espinoza, Flores, Granda, Herrera, Iza, Jácome,
        Lasso, Mena, Naranjo, Obando, Paredes, Quinga, Remache, Salazar, Torres, Ushiña, Vásquez, Yumbo,
        Zurita
        """
    ),
    streets=_listed(
        """
        Sucre, Bolívar, Morales, Juan Montalvo, García Moreno, Rocafuerte, Quito, Atahualpa, Colón, 31
        de Octubre, Calderón, Olmedo, Vicente Rocafuerte, Simón Rodríguez, Larga, Hermano Miguel,
        Benigno Malo, Pío Bravo, Quiroga, Roca, Ricaurte, Salinas, Modesto Jaramillo, Abdón Calderón
        """
    ),
    quarters=_listed(
        """
        El Jordán, San Luis, San Juan, La Florida, Los Eucaliptos, San Blas, La Matriz, El Salto, Santa
        Rosa, La Magdalena, Cotocollao, El Batán, Monjas, San Sebastián, Totoracocha, Punyaro, Peguche,
        Agato
        """
    ),
    organisations=_listed(
        """
        Asociación de Artesanas {place}, Asociación de Productores {place}, Comuna {place}, Junta de
        Agua {place}, Corporación Agrícola {place}, Fundación {place}, Transportes {place}, Panadería
        {place}
        """
    ),
    places=_listed(
        """
        San Isidro, Warmi Pushak, Los Andes, El Chaupi, Rumiñahui, La Esperanza, Pachamama, Nueva Vida,
        Yanapay, Cotopaxi, Imbabura, Santa Ana, El Progreso, Allpa Mama, Sumak Kawsay, Mushuk Ñan
        """
    ),
    mobile_prefixes=("098", "099", "096", "097", "095"),
    mobile_digits=10,
    salary=620,
    smallest=5,
)

COLOMBIA = Words(
    women=_listed(
        """
        María, Luz Marina, Ana, Gloria, Claudia, Adriana, Liliana, Beatriz, Natalia, Marcela, Sandra,
        Patricia, Yaneth, Carolina, Diana, Paola, Ángela, Esperanza, Martha, Nubia, Olga, Pilar, Rocío,
        Teresa, Viviana, Ximena, Yolanda, Amparo, Blanca, Constanza, Dora, Elvira, Flor, Gladys, Helena,
        Isabel, Johana, Katherine, Laura, Mariana
        """
    ),
    men=_listed(
        """
        José, Luis, Carlos, Juan, Jorge, Jairo, Camilo, Fernando, Ignacio, Julián, Óscar, Wilson,
        Andrés, Álvaro, Bernardo, César, Darío, Eduardo, Fabio, Germán, Hernando, Iván, Javier, Kevin,
        Leonardo, Mauricio, Nelson, Orlando, Pedro, Rafael, Santiago, Tomás, Víctor, William, Yeison,
        Édgar, Gustavo, Hugo, Miguel, Ramiro
        """
    ),
    surnames=_listed(
        """
        Suárez, Pardo, Rincón, Pinzón, Giraldo, Castro, Sierra, Arango, Beltrán, Cely, Marín, Acosta,
        Molano, Duarte, Velandia, Rodríguez, Gómez, González, Martínez, García, López, Hernández,
        Sánchez, Ramírez, Pérez, Díaz, Muñoz, Rojas, Moreno, Jiménez, Vargas, Ortiz, Gutiérrez, Ruiz,
        Salazar, Cárdenas, Torres, Quintero, Ospina, Zapata, Uribe, Mejía, Betancur, Hoyos, Cruz, Peña,
        Niño, Avella, Fonseca, Barón
        """
    ),
    streets=_listed(
        """
        Calle 12, Calle 20, Calle 26, Calle 45, Calle 53, Calle 72, Calle 80, Carrera 7, Carrera 9,
        Carrera 10, Carrera 15, Carrera 23, Carrera 30, Carrera 50, Diagonal 61, Transversal 22, Avenida
        Boyacá, Avenida Norte, Avenida Santander, Avenida Paralela
        """
    ),
    quarters=_listed(
        """
        Chapinero, La Candelaria, Teusaquillo, Engativá, Suba, Kennedy, San Rafael, Las Nieves, El Topo,
        Maldonado, Muiscas, Chipre, Palermo, La Enea, Versalles, Milán, Los Rosales, Santa Inés
        """
    ),
    organisations=_listed(
        """
        Asociación de Paperos {place}, Asociación de Caficultores {place}, Acueducto Veredal {place},
        Fundación {place}, Lácteos {place}, Transportes {place}, Panadería {place}, Confecciones {place}
        """
    ),
    places=_listed(
        """
        El Páramo, Los Frailejones, La Esperanza, Guatavita, Iguaque, El Rosal, San Pedro, La Unión,
        Villa Nueva, El Porvenir, La Cumbre, Santa Bárbara, Los Nevados, El Recuerdo, La Ceiba, Agua
        Clara
        """
    ),
    mobile_prefixes=("300", "301", "310", "311", "312", "313", "314", "315", "320", "321"),
    mobile_digits=10,
    salary=2_100_000,
    smallest=10_000,
)

BY_COUNTRY = {"EC": ECUADOR, "CO": COLOMBIA}


def words_of(country: str) -> Words:
    """The words of a country; those of Ecuador for countries that have none yet."""
    return BY_COUNTRY.get(country, ECUADOR)
