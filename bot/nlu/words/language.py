"""Which language a message is in: by its script, else by its commonest words. If in doubt, English.

Taking a misspelt English message for a foreign one would leave a patient unanswered; the reverse costs one polite
"I did not understand". So a foreign language has to be seen twice, or once with nothing English beside it.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

from bot.safety.letters import fold

ENGLISH = "en"
# A quoted word in another script, as in "what is 气", does not make a message foreign.
SCRIPT_SHARE = 0.5

_SCRIPT_LANGUAGE = {
    "CJK": "zh",
    "HIRAGANA": "ja",
    "KATAKANA": "ja",
    "HANGUL": "ko",
    "GURMUKHI": "pa",
    "DEVANAGARI": "hi",
    "ARABIC": "ar",
    "THAI": "th",
    "HEBREW": "he",
    "GREEK": "el",
    "CYRILLIC": "ru",
    "BENGALI": "bn",
    "TAMIL": "ta",
}
_DENSE_SCRIPTS = ("CJK", "HANGUL", "HIRAGANA", "KATAKANA")
_UKRAINIAN_LETTERS = set("іїєґ")
_RUSSIAN_LETTERS = set("ыэъё")
_UKRAINIAN_WORDS = set(
    "як що чи це мене допоможе коштує скільки болить спина дуже та для вас добрий день де дякую привіт будь "
    "ласка з із зі від або але вже ще немає нема мені хочу боюся себе кров помер краще погано "
    "вчора зранку раптом також бо коли треба можу можна хто голки записатися життя жити більше боляче "
    "другий день дружини половина обличчя страшенно тиждень дитина сечовий повний лихоманить гарячка чоловік".split()
)
_RUSSIAN_WORDS = set(
    "как что или меня поможет стоит сколько очень для вас добрый день где это и с со от но уже еще ещё нет мне "
    "боюсь себя кровь умер лучше плохо вчера утром вдруг тоже потому когда нужно можно кто жизнь жить больше "
    "больно болит".split()
)
# How words end in one of the two and not in the other: infinitives, what one does oneself, nouns.
_UKRAINIAN_ENDINGS = re.compile(r"(?:[аеиоуюяв]ти|тися|[аеуюя]ся|ння|ється|ою|ям|ці)$")
_RUSSIAN_ENDINGS = re.compile(r"(?:[аеиоуюя]ть|[аеуюя]сь|ться|ется|ого|ение|ость|ешь|ет|ий)$")
_VIETNAMESE = set("ăđơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ")

# Words that are also English ("me", "no", "die", "pain") are left out of every list.
_ALSO_ENGLISH = frozenset(
    """solo sesion sin con once tan cancer grave tag hat was die man war nut hun plus pour son mere mes dos sat no me
    gut an so ha nu oh hai chi mat nam dia gi ji par ya do de sakit menu doctor aide lung hun""".split()
)
_WORDS = {
    "es": """el los las una unos que como cuanto cuánto cuesta donde dónde cuando cuándo por para con sin mi mis su
        tengo
        tiene tienen estoy está esta estan es son hola gracias buenos buenas dias días tardes dolor espalda
        duele puedo puede ayuda ayudar acupuntura aguja agujas usted ustedes quiero necesito hacer hace
        mucho muy pero porque del embarazada seguro bueno buena sesión cita hablo español espanol habla
        cuantas cuántas cuantos cuántos sesiones necesita ingles inglés noches señora señor quisiera quiere
        tienes citas horario abierto abiertos direccion dirección precio precios segura alguien peligroso
        efectos sirve funciona tratamiento medico médico cintura cuello dura diabetico diabética semana
        semanas meses mes lunes martes miercoles jueves viernes sabado domingo hoy mañana manana adios adiós
        perdon perdón favor tambien también entiendo atienden aceptan ciatica ciática rodilla baja duelen
        ayudame pecho pierna piernas desde ayer siento años entumecida entumecido orinar tampoco pueden
        podria podemos quieren sienten sentir sentí muevo moverla moverlas caminar camino levantar dormida
        dormido hormigueo debil debiles debilidad brazo brazos mano manos pies zona intima partes
        entrepierna nalgas baño orina orino oriné sangre sangrando sangrado vomité vomitando fiebre mareo
        mareada mareado desmayo desmayé desmayando caí cayó caida accidente choque chocaron atropelló
        ubicados ubicado ubicada queda cerca horas llego llegar hijo hija esposo esposa mamá papá madre
        padre abuela abuelo hermano hermana anoche pasada pasado ahora ahorita mucha muchas muchos nada
        nadie siempre nunca todo toda todos todas este ese eso estos mientras hasta entre muero morir
        vivir vida perdí perdido esfinteres encima noche tarde trabajo trabajar hombro cabeza estomago
        barriga pastillas medicina medicinas tomo toma tomar tuve sufro fuerte escalera enfermo
        enferma urgente llamar soy vivo doctora nos les mejor peor solamente gente niño niña
        muerto muerta boca entiende moto cansado cansada cansancio""",
    "fr": """le les une est que je vous nous avec pour sans dans mon ma mes dos mal combien coûte coute où quand comment
        bonsoir salut mal depuis mois semaines jours ans j'ai est-ce prix rendez rendez-vous ouvert horaires adresse
        douleur douleurs faut combien sciatique aujourd'hui demain besoin voudrais
        bonjour merci ai êtes suis peut pouvez aide aider aiguille aiguilles séance séances il elle des du
        très mais pas ça fait c'est j'ai enceinte parlez français
        jambes jambe poitrine fièvre tombé tombée mourir vivre respirer uriner hier ne plus sens peux arrive
        avez sur chez cette aux cou même tout toute encore
         voiture autre enfant petite petit dehors""",
    "de": """der das ein eine ist ich wie viel kostet wo wann und mit ohne für mein meine rücken rückenschmerzen
        schmerzen tut weh das was kostet lange dauert eine sitzung termin geöffnet adresse seit wochen monaten jahren
        gibt hat sind mir dir uns bitte bandscheibe morgen heute guten abend tschüss wieviel
        schmerzen hallo danke guten tag kann können hilft helfen nadeln akupunktur sie wir nicht haben habe
        bei von zu auf sehr aber tut weh sprechen deutsch
        beine bein gefühl gestern gefallen unfall fieber brust atmen luft pinkeln leben sterben jahre
        plötzlich keine kein noch nur schon auch wenn vom beim dem den eines wegen immer wieder meinem
        meiner arm arzt blut ihr ihm mal nachts bekomme habt möchte stark fühle spüre
        hatte krebs gesund sterbe langeweile vor bin autounfall draußen grad""",
    "pt": """os uma que como quanto custa onde quando por para com sem meu minha tenho tem estou está é são olá ola
        obrigado obrigada bom boa dia costas dor dói posso pode ajuda acupuntura agulha agulhas você vocês
        quero preciso não nao muito mas porque sessão fala português
        consigo sinto pernas perna febre peito respirar ontem hoje cai caí acidente morrer viver desde anos
        dias urinar xixi mais também depois ele ela fiquei estava meus minhas pé pés sangue muita dormente
        nada vontade fazer faz hora horas marido mulher pai mãe
        um carro urina escapa eu perceber fiz roupa sentir perdi força duas agora começou coluna grávida
        sangrando panturrilha inchada vermelha avó morreu câncer muitos há aceitam seguro estão cansadas
        cuidando jardim morrendo machuquei levar filho tomei remédios acordo toda noite boca""",
    "it": """il gli una che come quanto costa dove quando per con senza mio mia ho sono ciao grazie buongiorno schiena
        mal dolore posso può aiuta agopuntura aghi lei voglio molto perché non seduta fa
        gambe gamba febbre petto respirare riesco riesce piu più ieri oggi caduto caduta incidente morire
        vivere sento anni giorni anche alla della nella dopo prima sulla dalla dal stato stata abbiamo
        parcheggio fanno forte mese mesi settimana devo vorrei perso nessuna questa questo moglie
        marito
         addosso tutto tutte tutti mezzo cedono stamattina macchina padre madre bocca parla perdo sangue
        faccio brucia polpaccio gonfio rosso caldo è sto morendo morta tanti respiro fatica pipì sola
        incinta nonna reni ingoiato pastiglie assicurazioni accettate bici eroina vena figlio paura
        storta""",
    "pa": """sat sri akal ki kinne kinna paise lagde lagda ne hai hun mainu tuhanu tusi tuhada mera meri mere pith
        pitth vich vicho dard kamar takleef ilaj kiven kidan kithe kado kadon naal nu da de di te eh oh nahi nahin haan
        ji shukriya dhanvaad kirpa karke madad chahidi chahida sakda sakdi sakde karo karda kardi hunda hundi lai
        surakhiat dawai sahib bahut bohat
        lattan latan latt vichkar sunn gya gaya gayian gaye ton turea turda janda jande pishab peshab nikal
        vaje khulde lainde hoya chahunda chahundi marna jeena saah reha rehi rahi bukhar dukhdi dukhda lakk
        chhati kall tika digg uth layi kinni vaar auna pena aukha bilkul menu tuhade kol thode mainnu ohnu
        sanu assi""",
    "tl": """ang mga ng sa ako ko po ba magkano saan kailan paano masakit likod salamat kumusta hindi oo may mayroon
        gaano katagal sakit masakit likod po opo oras bukas kayo magandang umaga hapon gabi pwede puwede buntis
        gusto kailangan namin natin siya ito iyan
        isang saan mula akong tulog patay pagod antok tatlong sumasakit balakang pwedeng nilalagnat pakiramdam kulang
        makalakad dibdib huminga lagnat umihi binti paa kahapon nahulog naaksidente mamatay ngayon wala
        walang manhid hirap sobra sobrang nang kapag dahil lang naman talaga makahinga maigalaw likuran
        asawa nanay tatay aking iyong mabuhay araw kanina kagabi
        dinudugo dugo mukha bibig braso anak si""",
    "vi": """xin chao tien mot lan bao dau lung toi nam mat dia chi mo cua hen kham chua khoi duoc giup gi
        khong toi duoc nhieu cham cuu dau lung cua nhung voi xin chao cam bac si nguoi gia tien
        muon chet kho nuoc tieu hom nay roi ngay sot lanh chan tay nguc mau thuoc uong vung kin benh vien
        qua the song nua giac tho duong xe tong sang vua truoc sau viec lam
        hai nhũn hoài""",
    "hi": """mujhe kya hai mera meri mere kaise kitna kitne paisa dard kamar namaste nahi aap kab kahan mein hota
    hoti hoga hogi sakta sakti sakte kharcha aata aati lagta lagega kar karna karo chahiye raha rahi ke ki ka ko se par
    aur ya dawa ilaaj theek kaun kyun peeth ghutna shukriya dhanyavaad
        pair tang taang seene saans bukhar peshab marna jeena nahin gaya gayi gir kal aaj mujhko hun
        chal pata sunn dono bahut haath khoon nikal jata jati chahta chahti saal pehle
        chalta baje khulta paise""",
    "nl": """ik een het niet heb mijn wil pijn rug benen kan dat zijn naar hoeveel kost waar wanneer hallo dank bedankt
        goedemorgen sinds gisteren jaar weken dagen doet zeer borst ademen plassen koorts gevallen meer geen ook voor
        maar nog deze behandeling naalden afspraak hoe lang duurt jullie bent u mij ze zij wij krijg voel gevoel
        vandaag leven dood hebben kunnen parkeren rugpijn onder tussen niets zonder moet weet man vrouw mag
        heeft aangereden vanmorgen kilo dieet zwanger verlies bloed maandag kuit dik rood tuin oma aan
        kanker overleden verzekering zoon meenemen naald moeder vader mond praat arm elke nacht wakker
        pillen""",
    "pl": """jak ile kosztuje gdzie kiedy boli plecy czy jest mam dzień dobry dziękuję akupunktura nie się""",
}
_ENGLISH = frozenset(
    """a an the i im i'm you your he she it its it's we they my our their this that these those is are were be been
    am do does did dont don't doesn't can cant can't could should would will won't have has had to of in on
    at for from with without about and or but if so not what whats what's how when where who why which much
    many long there any some get got go him her them hi hello hey thanks thank please yes ok okay need want
    help helps hurt hurts hurting pain back after before more most as by up out than then too very just also all
    one two session sessions acupuncture needle needles cost price safe treatment doctor insurance
    appointment""".split()
)
# English words that are words of other languages as well: they speak for none.
_SHARED = frozenset("a an as at come do he in is me no on so was am hat die of an".split())
_ENGLISH_ALONE = _ENGLISH - _SHARED
# What is English too ("mal", "de", "tag", "me") says nothing; single letters neither.
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")


_FOREIGN = {
    language: frozenset(
        plain for word in words.split() if (plain := fold(word)) not in _ENGLISH | _ALSO_ENGLISH and len(plain) > 1
    )
    for language, words in _WORDS.items()
}
# Signs hardly any English word has.
_SIGNS = {
    "es": set("¿¡ñáíóú"),
    "vi": set("ôăđơư"),
    "de": set("ßäöü"),
    "fr": set("çœêèàùî"),
    "pt": set("ãõç"),
    "pl": set("łąęśżź"),
}


def identify_language(text: str) -> str:
    """The ISO 639-1 code of a text's language; "en" when nothing speaks clearly for another."""
    letters = [character for character in text.lower() if character.isalpha()]
    if not letters:
        return ENGLISH
    foreign = _by_script(letters, text)
    return foreign or _by_words(text.lower())


def _by_script(letters: list[str], text: str) -> str | None:
    scripts = Counter(_script(letter) for letter in letters if not letter.isascii())
    scripts.pop("LATIN", None)
    if not scripts:
        return None
    # One Chinese character says as much as several letters.
    spoken = {name: count * (4 if name in _DENSE_SCRIPTS else 1) for name, count in scripts.items()}
    latin = sum(1 for letter in letters if letter.isascii() or _script(letter) == "LATIN")
    name = max(spoken, key=lambda script: (spoken[script], script))
    if sum(spoken.values()) < SCRIPT_SHARE * (latin + sum(spoken.values())):
        return None
    if name == "CYRILLIC":
        return _cyrillic(text.lower())
    if name == "CJK" and scripts.keys() & {"HIRAGANA", "KATAKANA"}:
        return "ja"
    return _SCRIPT_LANGUAGE.get(name)


def _cyrillic(text: str) -> str:
    words = set(_WORD.findall(text))
    ukrainian = 4 * len(_UKRAINIAN_LETTERS & set(text)) + len(words & (_UKRAINIAN_WORDS - _RUSSIAN_WORDS))
    russian = 4 * len(_RUSSIAN_LETTERS & set(text)) + len(words & (_RUSSIAN_WORDS - _UKRAINIAN_WORDS))
    ukrainian += sum(bool(_UKRAINIAN_ENDINGS.search(word)) or "'" in word for word in words)
    russian += sum(bool(_RUSSIAN_ENDINGS.search(word)) for word in words)
    return "uk" if ukrainian > russian else "ru"


def _by_words(text: str) -> str:
    words = _WORD.findall(text.replace("\u2019", "'"))
    english = sum(word in _ENGLISH_ALONE for word in words)
    marked = sum(bool(_VIETNAMESE & set(word)) for word in words)
    if marked and marked * 4 >= len(words) and marked >= english:
        return "vi"
    plain = [fold(word) for word in words]
    hits = {language: sum(word in known for word in plain) for language, known in _FOREIGN.items()}
    for language, signs in _SIGNS.items():
        hits[language] += len(signs & set(text))
    language = max(hits, key=lambda name: (hits[name], name))
    seen = hits[language]
    if english == 0 and seen >= 1 and (seen >= 2 or (len(words) <= 2 and _is_telling(plain, language))):
        return language
    return language if seen >= 3 and seen > 2 * english and seen * 3 >= len(words) else ENGLISH


def _is_telling(words: list[str], language: str) -> bool:
    """Whether a word of one or two is long enough not to be a mistyped English one."""
    return any(len(word) >= 4 and word in _FOREIGN[language] for word in words)


def _script(letter: str) -> str:
    return unicodedata.name(letter, "UNKNOWN").split(" ", 1)[0].split("-", 1)[0]
