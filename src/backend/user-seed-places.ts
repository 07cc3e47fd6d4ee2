/** A country with the names and cities its users have. Cities lie in the country they are listed under. */
export interface Place {
  readonly country: string;
  /** How many of a thousand users live there, roughly. */
  readonly weight: number;
  readonly given: readonly string[];
  readonly family: readonly string[];
  readonly cities: readonly string[];
}

const words = (text: string): readonly string[] => text.split(' ').map((word) => word.replaceAll('_', ' '));

const place = (country: string, weight: number, given: string, family: string, cities: string): Place => ({
  country,
  weight,
  given: words(given),
  family: words(family),
  cities: words(cities),
});

/** Names are joined by spaces here; an underscore is a space within one. */
export const PLACES: readonly Place[] = [
  place(
    'United States',
    120,
    'Emma Liam Olivia Noah Ava Elijah Sophia James Isabella Henry Grace Marcus Chloe Tyler Naomi Darius',
    "Smith Johnson Williams Brown Jones Miller Davis Wilson Anderson Thomas Jackson White O'Connor Washington",
    'New_York Chicago Seattle Austin Denver Portland Boston Atlanta San_José',
  ),
  place(
    'Germany',
    90,
    'Anna Jürgen Björn Käthe Lena Jonas Sören Ulrike Felix Greta Matthäus Heike Jörg Leonie Götz',
    'Müller Schäfer Weiß Köhler Krüger Schröder Böhm Groß Fuchs Vogel Jäger Königsmann Strauß Hübner',
    'Berlin München Köln Düsseldorf Nürnberg Lübeck Würzburg Leipzig Göttingen',
  ),
  place(
    'France',
    80,
    'Chloé Léa Éloïse Noël Benoît Gaëlle François Hélène Théo Zoé Jérôme Agnès Loïc Maëlys Anaïs',
    "Lefèvre Béranger Dupré Moreau Garçon Désormeaux Côté Pélissier Mérimée d'Aubigné Rousseau Élie",
    'Paris Lyon Nîmes Orléans Besançon Béziers Saint-Étienne Marseille Angoulême',
  ),
  place(
    'Spain',
    60,
    'José María Begoña Iñigo Lucía Álvaro Núria Sofía Andrés Mónica Raúl Ángeles Joaquín Íker',
    'García Muñoz Peña Ibáñez López Núñez Martínez Ordóñez Jiménez Vázquez Castaño Gómez Sánchez',
    'Madrid Málaga Córdoba Cádiz León Logroño A_Coruña Sevilla Ávila',
  ),
  place(
    'Brazil',
    70,
    'João Antônio Conceição Luís Letícia Inês Vitória Simão Thaís Gonçalo Márcia César Sebastião',
    'Silva Araújo Magalhães Gonçalves Conceição Falcão Simões Brandão Mendonça Leão Guimarães',
    'São_Paulo Brasília Belém Goiânia Maceió Florianópolis Cuiabá Niterói Curitiba',
  ),
  place(
    'Poland',
    50,
    'Łukasz Małgorzata Agnieszka Paweł Bożena Michał Grażyna Stanisław Żaneta Zofia Sławomir Świętopełk',
    'Wiśniewski Wójcik Kowalczyk Dąbrowska Gołąb Śliwa Żuraw Błaszczyk Łęcki Zając Pawłowska',
    'Warszawa Łódź Kraków Gdańsk Poznań Wrocław Toruń Częstochowa Białystok',
  ),
  place(
    'Türkiye',
    50,
    'Ayşe Çağla Gökhan Özlem Işıl Şükrü Yiğit Büşra Ümit Doğan Ülkü İbrahim Zeynep',
    'Yılmaz Şahin Öztürk Çelik Güneş Aydın Kılıç Doğru Koç Yıldız Çınar Ünal',
    'İstanbul İzmir Eskişehir Muğla Çanakkale Diyarbakır Şanlıurfa Ankara Kütahya',
  ),
  place(
    'Czechia',
    35,
    'Jiří Ondřej Věra Zdeněk Tereza Šárka Matěj Růžena Tomáš Žofie Bohuslav Kateřina',
    'Novák Dvořák Černý Procházka Kučera Veselý Růžička Šťastný Hájek Křížová Beneš',
    'Praha Brno Plzeň Olomouc České_Budějovice Ústí_nad_Labem Třebíč Zlín',
  ),
  place(
    'Sweden',
    40,
    'Åsa Björn Göran Märta Linnéa Östen Sven Ingrid Håkan Rosmarie Pär Elsa',
    'Åkesson Lindström Sjöberg Öberg Nyström Gustafsson Hägglund Bergström Ängström Löfgren',
    'Stockholm Malmö Göteborg Umeå Västerås Örebro Linköping Jönköping',
  ),
  place(
    'Denmark',
    25,
    'Søren Jørgen Åse Mette Bjørn Signe Asbjørn Freja Lærke Rasmus Øjvind',
    'Sørensen Jørgensen Østergaard Møller Bæk Skovgård Kjær Nørgaard Højlund Ågård',
    'København Aarhus Ålborg Helsingør Sønderborg Næstved Rønne',
  ),
  place(
    'Norway',
    25,
    'Øystein Ragnhild Håvard Sølvi Bjørg Torbjørn Åshild Eirik Jørn Ingebjørg',
    'Ødegård Bakke Strømme Hågensen Lillebø Myhre Fjæra Sørlie Grønvold Aasen',
    'Oslo Tromsø Bodø Ålesund Trondheim Røros Haugesund Bergen',
  ),
  place(
    'Finland',
    25,
    'Päivi Väinö Jyrki Äijä Aino Mikko Tyyne Sämpy Helmi Yrjö Kyösti',
    'Mäkinen Hämäläinen Nyyssönen Jääskeläinen Virtanen Räikkönen Pöntinen Ylönen Lehtimäki',
    'Helsinki Jyväskylä Hämeenlinna Seinäjoki Järvenpää Tampere Kemijärvi',
  ),
  place(
    'Iceland',
    8,
    'Þóra Guðrún Sigríður Ólafur Björk Ægir Halldóra Jón Sæunn Þorsteinn Eiríkur',
    'Jónsdóttir Þórarinsson Guðmundsson Sigurðardóttir Ólafsson Björnsdóttir Ægisson',
    'Reykjavík Kópavogur Hafnarfjörður Ísafjörður Akureyri Húsavík',
  ),
  place(
    'Hungary',
    30,
    'Győző Ágnes Zsófia Ödön László Réka Bálint Erzsébet Árpád Tünde Csaba Jenő',
    'Szűcs Kovács Tóth Szabó Erdős Horváth Kőszegi Fülöp Hajdú Bíró Győri Ürmös',
    'Budapest Győr Pécs Székesfehérvár Debrecen Kecskemét Nyíregyháza Sopron',
  ),
  place(
    'Romania',
    30,
    'Ștefan Ioana Mălina Răzvan Țița Cătălina Bogdan Mihăiță Dănuț Ruxandra Horațiu',
    'Ionescu Țurcan Bălan Stănescu Lupașcu Rădulescu Ștefănescu Mureșan Căpitanu Pârvu',
    'București Iași Brașov Timișoara Constanța Târgu_Mureș Bacău Piatra_Neamț',
  ),
  place(
    'Vietnam',
    45,
    'Ánh Bảo Đức Hạnh Thảo Tuấn Mỹ Phượng Quỳnh Thủy Việt Yến Dũng',
    'Nguyễn Trần Lê Phạm Hoàng Đặng Bùi Đỗ Vũ Ngô Dương Hồ',
    'Hà_Nội Đà_Nẵng Huế Cần_Thơ Hải_Phòng Đà_Lạt Vũng_Tàu Quy_Nhơn',
  ),
  place(
    'Japan',
    55,
    'Yūki Haruka Kenji Sakura Ryōta Aiko Tarō Yui Shōhei Mei Kōji Rin Natsuko',
    'Satō Suzuki Tanaka Itō Katō Yoshida Ōno Kōno Saitō Endō Kudō Mori',
    'Tōkyō Ōsaka Kyōto Kōbe Sapporo Kōchi Ōita Sendai Nagoya',
  ),
  place(
    'India',
    70,
    'Aarav Diya Arjun Ananya Vihaan Meera Rohan Kavya Ishaan Priya Dev Lakshmi Zara',
    'Sharma Patel Singh Iyer Reddy Nair Chatterjee Khan Gupta Menon Deshpande Bose',
    'Mumbai Bengaluru Chennai Kolkata Pune Jaipur Kochi New_Delhi Lucknow',
  ),
  place(
    'Nigeria',
    35,
    'Adébáyò Chidi Ngozi Fúnmiláyò Emeka Tólá Ifẹ́ Zainab Obi Yẹmí Amara Ṣọlá',
    'Okafor Adéyẹmí Balogun Eze Ọbáfẹ́mi Bello Nwosu Ògúnlẹ́sì Abiola Onyekachi',
    'Lagos Abuja Ìbàdàn Kano Enugu Port_Harcourt Ìlọrin Benin_City',
  ),
  place(
    'Mexico',
    45,
    'Ximena Andrés Sebastián Xóchitl Itzel Óscar Renata Germán Citlali Joaquín Concepción',
    'Hernández Rodríguez González Pérez Ramírez Güémez Zúñiga Cárdenas Treviño Ordaz Yáñez',
    'Ciudad_de_México Mérida Querétaro Cancún León Torreón Culiacán Oaxaca Puebla',
  ),
  place(
    'Portugal',
    22,
    'Inês Simão Conceição Tomé Lourenço Mafalda Estêvão Beatriz Salomé Zé',
    'Fernandes Guimarães Brandão Assunção Frazão Sequeira Vilaça Magalhães Pimentel',
    'Lisboa Porto Évora Setúbal Guimarães Bragança Portimão Covilhã',
  ),
  place(
    'Ireland',
    20,
    'Seán Siobhán Aoife Pádraig Máire Ciarán Róisín Eoin Niamh Tomás Gráinne',
    "Ó_Briain O'Sullivan Murphy Ní_Dhomhnaill Byrne O'Neill Mac_Cárthaigh Walsh Doyle",
    'Dublin Cork Galway Dún_Laoghaire Limerick Sligo Kilkenny Waterford',
  ),
  place(
    'Greece',
    25,
    'Ελένη Γιώργος Μαρία Κώστας Αθηνά Νίκος Σοφία Δημήτρης Ζωή Θοδωρής',
    'Παπαδόπουλος Νικολάου Γεωργίου Αλεξίου Οικονόμου Καραγιάννης Μακρής Ιωάννου',
    'Αθήνα Θεσσαλονίκη Πάτρα Ηράκλειο Βόλος Ιωάννινα Χανιά Ρόδος',
  ),
  place(
    'Ukraine',
    25,
    'Оксана Тарас Соломія Богдан Ївга Андрій Леся Юрій Ярина Остап',
    'Шевченко Коваленко Бондар Ткачук Мельник Лисенко Гончар Кравчук',
    'Київ Львів Одеса Харків Чернівці Полтава Луцьк Ужгород',
  ),
];

/** Letters that Unicode doesn't decompose into an ASCII letter and a mark, as the people concerned write them in ASCII. */
const SPELLINGS: Readonly<Record<string, string>> = {
  ß: 'ss',
  ø: 'o',
  æ: 'ae',
  ð: 'd',
  þ: 'th',
  ł: 'l',
  đ: 'd',
  ı: 'i',
  α: 'a',
  β: 'v',
  γ: 'g',
  δ: 'd',
  ε: 'e',
  ζ: 'z',
  η: 'i',
  θ: 'th',
  ι: 'i',
  κ: 'k',
  λ: 'l',
  μ: 'm',
  ν: 'n',
  ξ: 'x',
  ο: 'o',
  π: 'p',
  ρ: 'r',
  σ: 's',
  ς: 's',
  τ: 't',
  υ: 'y',
  φ: 'f',
  χ: 'ch',
  ψ: 'ps',
  ω: 'o',
  а: 'a',
  б: 'b',
  в: 'v',
  г: 'h',
  ґ: 'g',
  д: 'd',
  е: 'e',
  є: 'ie',
  ж: 'zh',
  з: 'z',
  и: 'y',
  і: 'i',
  й: 'i',
  к: 'k',
  л: 'l',
  м: 'm',
  н: 'n',
  о: 'o',
  п: 'p',
  р: 'r',
  с: 's',
  т: 't',
  у: 'u',
  ф: 'f',
  х: 'kh',
  ц: 'ts',
  ч: 'ch',
  ш: 'sh',
  щ: 'shch',
  ь: '',
  ю: 'iu',
  я: 'ia',
};

/** The ASCII letters of a name, lower case, as its owner would put them into an email address. */
export function asciiName(name: string): string {
  const decomposed = name.toLowerCase().normalize('NFD').replaceAll(/\p{M}/gu, '');
  const spelled = Array.from(decomposed, (letter) => SPELLINGS[letter] ?? letter).join('');
  return spelled.replaceAll(/[^a-z]/g, '');
}
