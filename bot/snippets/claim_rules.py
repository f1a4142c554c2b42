"""The table of claim rules: what each looks for, how grave it is, why, and where that is written.

Gathered 2026-11 from public pages; not legal advice. Words that advertising practice accepts for massage (relaxation,
everyday stress, tension, sleep, mood, well-being) are in no rule.
"""

from __future__ import annotations

from dataclasses import dataclass

from bot.model import Kind, Level


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule; with a `kind`, it holds only for statements of that kind."""

    name: str
    level: Level
    pattern: str
    why: str
    source: str
    kind: Kind | None = None


def _read(source: str) -> str:
    return f"{source} (read 2026-11)"


ASA_A = _read("asa.org.uk/topic/Health_conditions.html, CAP 12.2; therapy-directory.org.uk/content/asa-list-a.html")
ASA_B = _read("CAP 12.1; counselling-directory.org.uk/asa-list-b.html")
ASA_MEDICINAL = _read("asa.org.uk/topic/Health_conditions.html")
ASA_DETOX = _read("asa.org.uk/advice-online/detoxing-general.html")
ASA_HOFFMAN = _read("asa.org.uk ruling SHP_ADJ_299810, 2015")
ASA_PROOF = _read("asa.org.uk types-of-claims, CAP 3.7, 3.33")
ASA_CHILDREN = _read("asa.org.uk/resource/chiropractic-asa-guidance")
FTC_HEALTH = _read("globalpolicywatch.com/2023/01 on the FTC's health products guidance")
FTC_GUARANTEE = _read("16 CFR 245.15; the FTC's guarantee guides hold to the same principle")
FTC_VOICES = _read("16 CFR 255.2 and 465")
FTC_GREEN = "FTC Green Guides, 16 CFR 260 (general knowledge, 2026-11)"
FTC_PROOF = "FTC Act s. 5, substantiation (general knowledge, 2026-11)"
META_ATTRIBUTES = _read("transparency.fb.com, personal attributes")
META_BODY = _read("transparency.fb.com, personal health and appearance")

GRAVE = r"""(?:cancers?|tumou?rs?|chemotherapy|arthritis|asthma|depression|depressive|diabet(?:es|ic)
          |(?:in)?fertility|infertile|hypertension
    |high\ blood\ pressure|heart\ (?:disease|attacks?|failure)|(?:a|of|after|had|prevents?)\ strokes?
          |stroke\ (?:risk|patients?|survivors?|recovery)|migraines?|bronchitis|chronic\ insomnia|poor\ circulation
          |epilepsy|dementia
    |alzheimer\w*|parkinson\w*|multiple\ sclerosis|lupus|osteoporosis|thrombosis|ptsd|adhd|autism|covid\w*|hiv
          |tinnitus|krebs|diabetes|depresi[oó]n|artritis|asma)"""
MILD = r"""(?:(?:lower\ |upper\ )?back\ pain|backache|neck\ pain|(?:chronic|joint|nerve|knee|shoulder
          |arthritic)\ pain|headaches?|sciatica|insomnia|eczema|psoriasis|acne
    |ibs|irritable\ bowel|anxiety|anxious|panic\ attacks?|muscle\ spasms?|fibromyalgia|carpal\ tunnel
          |tend[io]n\w*tis|scoliosis|plantar\ fasciitis|whiplash|allerg\w+
    |menopaus\w+|pms|gum\ disease|gingivitis|periodont\w+|caries|tooth\ decay|cavities|erkältung\w*|resfriados?
          |vertigo|chronic\ (?:fatigue|illness\w*|condition\w*|disease\w*)
          |high\ cholesterol|addiction
    |(?:digestive|eating|sleep|skin|mood)\ (?:disorders?|conditions?)|cefaleas?|jaquecas?|ansiedad|ciática|insomnio
          |kopfschmerz\w*|rückenschmerz\w*|migräne|angst\w*|schlaflosigkeit)"""
CURING = (
    r"(?:cur(?:e|es|ed|ing)|heal(?:s|ed|ing)?|treat(?:s|ed|ing|ment)?|prevent(?:s|ed|ing|ion)?|revers(?:e|es|ed"
    r"|ing)|fight(?:s|ing)?|combat(?:s|ing)?|eliminat\w+|cura\w*|heilt|heilen)"
)

RULES = (
    Rule("cures a condition", Level.BLOCK, rf"\b{CURING}\b.{{0,200}}\b{GRAVE}\b|\b{GRAVE}\b.{{0,200}}\b{CURING}\b",
         "claims to treat a condition that needs a doctor", ASA_A),
    Rule("cancer", Level.BLOCK, r"\b(?:cancers?|tumou?rs?|chemotherapy|krebs\w*"
         r"|cáncer)\b", "no unproven word about cancer", ASA_A),
    Rule("pregnancy or children", Level.BLOCK,
         r"\b(?:pregnan\w+|prenatal|postnatal|postpartum|morning\ sickness|colic|infants?|newborns?|bab(?:y|ies)"
         r"|embaraz\w+|schwanger\w*)\b"
         r"(?=.{0,200}\b(?:pain|nausea|sick\w*|labou?r|swelling|anxiety|depression|sleep|heal\w*|reliev\w+|reduc\w+"
         r"|eas\w+"
         r"|help\w*|improv\w+|treat\w*)\b)"
         r"|\b(?:reliev\w+|reduc\w+|eas(?:es|ing)|treat\w*|helps?)\b.{0,200}\b(?:pregnan\w+|prenatal|infants?|newborns?"
         r"|bab(?:y|ies)|colic)\b",
         "an effect claimed for pregnancy or small children", ASA_CHILDREN),
    Rule("instead of medicine", Level.BLOCK,
         r"\bas\ (?:effective|good|powerful)\ as\b.{0,200}\b(?:medic\w+|drugs?|surgery|pills?|antidepressants?)\b"
         r"|\b(?:instead\ of|alternative\ to|replac\w+|without(?:\ the\ need\ for)?"
         r"|no\ need\ for)\b.{0,25}\b(?:medication|medicines?|drugs?|surgery|painkillers?|antidepressants?)\b",
         "may keep people from the treatment they need", ASA_A),
    Rule("guarantee", Level.BLOCK, r"\b(?:guarantee[ds]?|guaranteeing|risk[ -]free|never\ fails"
         r"|or\ your\ money\ back|garanti\w+)\b",
         "a guarantee must say its nature, extent and conditions", FTC_GUARANTEE),
    Rule("treats many conditions", Level.BLOCK, r"\btreat\w*\b.{0,30}\b\d+\b.{0,20}\b(?:conditions|diseases"
         r"|ailments)\b",

                 "a list of cures without trials was ruled misleading",
         _read("asa.org.uk/advice-online/health-acupuncture.html")),
    Rule("named condition", Level.REVIEW, rf"\b{GRAVE}\b", "a condition that needs a doctor is named", ASA_A),
    Rule("condition needing evidence", Level.REVIEW, rf"\b{MILD}\b", "only with robust evidence", ASA_B),
    Rule("illness", Level.REVIEW, r"\b(?:diseases?|illness(?:es)?|infections?|disorders?|complications?|inflammation"
         r"|(?:\w+\ )?symptoms|sick\ days?|krankheit\w*|enfermedad\w*|inflamaci[oó]n\w*"
         r"|infecci[oó]n\w*|síntomas|entzündung\w*)\b",
         "an effect on illness is claimed or implied", FTC_HEALTH),
    Rule("medicinal word", Level.REVIEW, r"\b(?:cure[ds]?|curing|heal(?:s|ed|ing|er)?|treats?\ (?!yourself|your"
         r"|you\b)\w+|therapeutic\ effects?|remed(?:y|ies)|regenerat\w+|cura(?:r|ci[oó]n)|sanar|cicatriz\w*|heilt"
         r"|heilung|heilend\w*)\b",
         "reads as a medicinal claim", ASA_MEDICINAL),
    Rule("long-standing complaint", Level.REVIEW, r"\b(?:present|persist\w*|linger\w*|lasting|suffer\w*"
         r"|had)\b.{0,40}\b(?:a\ long\ time|months|years)\b",
         "reads as treating a chronic condition", FTC_HEALTH),
    Rule("immune system", Level.REVIEW, r"\b(?:immun\w+|inmun\w+|defensas"
         r"|abwehrkräfte)", "efficacy claims on immunity were upheld against", ASA_HOFFMAN),
    Rule("detox", Level.REVIEW, r"\b(?:de-?tox\w*|toxins?|toxinas?|entgift\w*|entschlack\w*|schlacken|(?:gift"
         r"|schad)stoffe\w*|cleans(?:e|es"
         r"|ing)\ (?:the|your)\ body|purif\w+)\b", "no evidence for detox has been seen", ASA_DETOX),
    Rule("weight and body shape", Level.REVIEW, r"\b(?:weight[ -]loss|los(?:e|ing)\ weight|cellulite|slim\w*"
         r"|body\ (?:shape|contour\w*)|burn\w*\ (?:fat|calories)|belly|inches|metaboli(?:sm|c)"
         r"|fat\ loss|(?:lean|ton)(?:er|ed)?\ (?:muscles?|thighs|legs|arms|body|figure)"
         r"|anti-?ag(?:e|ing)|wrinkles?|celulitis|arrugas"
         r"|abnehmen|falten)\b",
         "body image and physical effect", META_BODY),
    Rule("superlative", Level.REVIEW,
         r"\bthe\ (?!rest\b|latest\b|interest\b|nearest\b|honest\b|forest\b|guest\b|test\b|request\b|west\b|chest\b"
         r"|earliest\b)(?:very\ )?\w{2,}est\b(?!\ (?:of|in\ town)\ (?:us|the\ time)|\ (?:advantage|benefit|reason)s?\b)"
         r"|\b(?:best|leading|top-rated|number\ one|no\.\ ?1|unrivall?ed|unbeatable|world-class|ultimate|superior"
         r"|second\ to\ none|state[ -]of[ -]the[ -]art|beste[nrs]?|mejor\ del)\b(?!\ (?:to|of\ all|practice|suited"
         r"|left|friends?|attire|years|from"
         r"|before|after|when|if))"
         r"|\#\ ?1\b|\b(?:unmatched|unparalleled|like\ no(?:ne)?\ other)\b"
         r"|\bthe\ most\ (?!common|of|from|out|obvious|popular|part|important)\w+|\bthe\ only\b",
         "measurable superiority needs proof", ASA_PROOF),
    Rule("absolute", Level.REVIEW,
         r"\b(?:forces?\ you|always|never\ (?:again|worry|have)|forever|completely|totally|entirely|instant(?:ly)?"
         r"|immediate\ (?:\w+\ )?(?:relief|results?|effects?|improvement)|miracle\w*|magic\w*"
         r"|permanent(?:ly)?|no\ matter|every(?:one|body)\ (?:can|will|benefits?)|for\ good|100\ ?%"
         r"|no\ side\ effects|once\ and\ for\ all|eliminat(?:e|es|ing)|inmediat[oa]\w*|sofort\w*|garantiert|siempre"
         r"|immer)\b",
         "leaves no room for the one it does not work for", FTC_PROOF),
    Rule("safe and effective", Level.REVIEW,
         r"\bsafe\b.{0,25}\beffective\b|\beffective\b.{0,15}\bsafe\b|\bsafe\ (?:healing|recovery)\b"
         r"|\bside[ -]effects?\b|\b(?:completely|perfectly|\d+%)\ safe\b|\boptimal\b.{0,20}\b(?:outcomes?|results?)\b",
         "safety and efficacy need evidence", FTC_HEALTH),
    Rule("proof", Level.REVIEW,
         r"\b(?:clinically|scientifically|medically)\b|\bproven\b|\b(?:stud(?:y|ies)|research(?:ers)?|trials?"
         r"|scientists?|evidence)\ (?:\w+\ ){0,3}(?:show\w*|prov\w+|found|finds?|suggest\w*|indicat\w*|demonstrat\w*"
         r"|confirm\w*|support\w*)"
         r"|\bshown\ to\b|\b(?:studien|estudios)\b",
         "borrowed proof must hold for exactly this claim", FTC_HEALTH),
    Rule("borrowed authority", Level.REVIEW,
         r"\b(?:according\ to|approved\ by|recommended\ by|endorsed\ by|(?:doctors|experts|dentists|physicians"
         r"|vets)\ (?:recommend|agree|say)|world\ health\ organi[sz]ation|fda|nhs|mayo\ clinic|harvard|(?:american"
         r"|british)\ [\w ]{0,30}(?:society|association|college))\b",
         "an authority's word counts as the advertiser's own claim", FTC_VOICES),
    Rule("figure", Level.REVIEW, r"\b\d+(?:[.,]\d+)?\ ?(?:%|percent|per\ cent|prozent|por\ ciento)|\b\d+\ ?(?:x"
         r"|times)\ (?:more|faster|better|as)\b|\b(?:halve[sd]?|doubles?|triples?)\b",
         "a figure needs its source", FTC_PROOF),
    Rule("money", Level.REVIEW,
         r"\b(?:sav(?:e|es|ing)\b.{0,20}\b(?:money|\$|thousands|hundreds|fortune|costs?)|savings"
         r"|return\ on\ investment|roi|earn\b.{0,15}\bmoney|profits?|revenue|for\ free|no\ (?:hidden\ )?(?:fees?"
         r"|charges"
         r"|costs?)"
         r"|reduc\w+\b.{0,30}\b(?:bills?|costs)|lower\w*\b.{0,20}\b(?:bills?|costs)|sparen|ahorr\w+)\b",
         "savings and earnings need substantiation", FTC_PROOF),
    Rule("green", Level.REVIEW,
         r"\b(?:eco-?(?:friendly|conscious)|environment(?:ally)?[ -]friendly|(?:good|better"
         r"|great)\ for\ the\ (?:environment|planet)|sustainable|non-?toxic|chemical-free|all[ -]natural|100%\ natural"
         r"|(?:zero|no|any)\ (?:emissions?|pollut\w+|waste|greenhouse)|(?:carbon|climate)[ -](?:neutral|positive)"
         r"|biodegradable|carbon\ footprint|greenhouse\ gas\w*|climate\ change|fossil[ -]fuel\w*"
         r"|green\ (?:choice|energy|product)|klimaneutral|umweltfreundlich|ecológic[oa])\b",
         "a green claim must be qualified", FTC_GREEN),
    Rule("personal attribute", Level.REVIEW,
         r"\b(?:are\ you|do\ you|have\ you|feeling|tired\ of|if\ you|whether\ you(?:['’]re|\ are|\ have)?"
         r"|you(?:['’]re|\ are)|struggling\ with|si\ (?:sufres|tienes|padeces)|leiden\ sie|haben\ sie)\b"
         r".{0,40}\b(?:suffer\w*|struggl\w+|pain|anxious|anxiety|stressed|depress\w+|overweight|insomnia|lonely|ill"
         r"|sick|diabet\w+|dolor|schmerz\w*|sufres|padeces|leiden)\b"
         r"|\byour\ (?:\w+\ )?(?:anxiety|depression|diabetes|arthritis|weight|obesity|illness|disease|chronic\ \w+"
         r"|condition)\b",
         "networks refuse to let an ad know someone's health", META_ATTRIBUTES),
    Rule("testimonial", Level.REVIEW, r"\b(?:always|never|pain|better|best|results?|feel|felt|gone|changed|amazing"
         r"|recommend|relief|refreshed|life)\b",
         "a customer's result counts as the advertiser's claim", FTC_VOICES, Kind.TESTIMONIAL),
    Rule("rivals", Level.REVIEW, r"\b(?:unlike\ (?:other|most|our)|better\ than\ (?:other|any|most|medic\w+|drugs)"
         r"|(?:other|competing)\ (?:salons|clinics|studios|shops|brands|providers)|than\ (?:our\ )?competitors)\b",
         "a comparison with rivals needs proof", ASA_PROOF),
    Rule("pain", Level.NOTE, r"\b(?:pains?|aches?|soreness|dolor|schmerz\w*)\b", "keep to everyday aches", ASA_B),
    Rule("circulation", Level.NOTE, r"\b(?:circulation|blood\ (?:flow|pressure)|durchblutung"
         r"|circulación)\b", "an effect on the body that may need evidence", FTC_HEALTH),
)  # fmt: skip
