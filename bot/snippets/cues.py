"""The table of cues: named, additive evidence for what a statement does.

Few and general on purpose: on documents nobody tuned for, short lists with structure beat long ones.
A cue counts once in a sentence. Benefit cues add to the score; a cue of another kind subtracts from it,
so one number ranks, and the strongest other kind names what is no benefit. English first, then Spanish
and German stems. `section` and `lead` cues read the title above and the lead-in before.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from bot.model import Kind, Span


@dataclass(frozen=True, slots=True)
class Cue:
    """One piece of evidence: positive for a benefit, negative for another kind; `unless` turns it round."""

    name: str
    kind: Kind
    weight: float
    pattern: str
    unless: str = ""

    def where(self, text: str) -> Span | None:
        """The first place in the text that matches."""
        match = _compiled(self.pattern).search(text)
        if not match or not match[0].strip() or (self.unless and _compiled(self.unless).search(text)):
            return None
        return match.span()


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE | re.VERBOSE)


BENEFIT = 1.0
"""From this score on a statement counts as a benefit."""

SENTENCE = (
    Cue("gain", Kind.BENEFIT, 1.0, r"""
        \b(?:reduc|decreas|reliev|improv|boost|increas|enhanc|promot|strengthen|restor|prevent|sooth|alleviat|loosen
          |releas|foster|minimi[sz]|maximi[sz]|eliminat|(?<!^)(?<!:\ )(?<!,\ )avoid|extend|prolong|preserv|protect
          |safeguard
          |encourag|accelerat|stimulat|rejuvenat|revitali[sz]|energi[sz]|optimi[sz]|streamlin|nourish|empower
          |counteract|regulat|rebuild|whiten)(?:e|es|ed|ing|s)?\b
        |\b(?:eas|lower|calm|relax|sav|boost|lift|sharpen|brighten|lengthen|ton|speed|combat|unwind|refresh)
          (?:e|es|s|(?:[dt])?ing)\b
        |\bhelp(?:s|ing)?\b(?!\ (?:us|yourself)) |\b(?:supports?|supporting|mak(?:es?|ing)\ (?:it|you|your|them)
          |keeps|(?<!^)keep|keeping|simplif(?:y|ies|ying)|cut(?:s|ting)|free(?:s|ing)(?:\ up)?|relief|improvements?
          |protection|prevention
          |get\ rid\ of)\b
        |\b(?:reduc|alivi|mejor|aument|fortalec|prev(?:ien|eni|enc)|evit|relaj|favorec|ayud|elimin|facilita|proteg
          |protecc|recuper
          |estimul|disminu|potenci)[a-záéíóúñ]*
        |\b(?:ge|vor)?(?:linder|reduzier|verbesser|stärk|förder|entspann|steiger|beruhig|lös|beug|hilft|helfen|senk
          |locker(?!s?\b)|stimul|unterstütz|schütz|verringer|erleichter|wohlfühl|regenerier|verhinder|erfrisch|kräftig
          |erhöh
          |befrei|profitier|wohltu)[a-zäöüß]*"""),
    Cue("secures", Kind.BENEFIT, 0.5, r"""
        \b(?:ensur|maintain|remov|provid|deliver|creat|catch|detect|widen|broaden|expand|deepen)(?:e|es|ing|s)?\b
          |\b(?:aids?|adds?|brings?)\b
        |\b(?:permite[n]?|ofrece[n]?|aportan?|proporciona\w*|mantiene[n]?|promueve[n]?|contribuye[n]?|logra\w*)\b
        |\b(?:sorgt|sorgen|bietet|bieten|schenkt|schenken|ermöglich\w*|bewirkt|tut)\b"""),
    Cue("good for", Kind.BENEFIT, 1.0, r"""
        \b(?:good|great|ideal|perfect|excellent|effective|wonderful|fantastic|smart|powerful|simple|easy|gentle|natural
          |proven|reliable|affordable)\ (?:for|at|in|to|(?:and\ \w+\ )?(?:way|choice|option|tool|investment
          |alternative|solution))\b|\bbenefi(?:ts?|ted|cial)\b |\bpositive\ (?:effect|impact)s? |\badvantages?
          |\b(?:gut\ (?:für|bei)|vorteile?n?|ideal\ para|bueno\ para
          |(?:clave|esencial|fundamental|cruciales)\ para|beneficios[oa]?)\b"""),
    Cue("better", Kind.BENEFIT, 0.75, r"""
        \b(?:more|less|fewer)\ (?!than\b|about\b|information|details?|likely|important)\w+ |\bno\ (?:more|longer)\b
        |\b(?:better|faster|easier|easily|quicker|quickly|longer|stronger|healthier|safer|smoother|cheaper|calmer
          |happier|lighter|cleaner|clearer|brighter|softer|sharper|warmer|cooler|quieter|fresher|younger|deeper)\b
        |\b(?:besser\w*|weniger|leichter|schneller|frischer|länger|mejor|menos|más\ (?!información)\w+)\b"""),
    Cue("promise", Kind.BENEFIT, 0.75, r"""
        \byou(?:['’]ll|\ will|\ can)\ (?!(?:also\ )?(?:expect|find|book|call|contact|cancel|pay|need|want|see\ why
          |be\ (?:asked|given|charged|required)
          |learn|read)\b)\w+
        |\b(?:feel|feeling|look|looking|leav(?:es?|ing)\ (?:you|your))\ (?:more|less|better|great|lighter|its\ best
          |your\ best|like\ new|\w+ed)\b |\benjoy(?:s|ing)?\b
        |\b(?:lets?|letting|gives?|giving|allows?|allowing|enables?|enabling)\ (?:you|your|them|(?:\w+\ ){1,4}to)\b"""),
    Cue("consequence", Kind.BENEFIT, 0.75, r"""
        \b(?:means\ (?:that\ )?(?:you|they|it|less|more|fewer|no)|so\ (?:that\ )?(?:you|your|they|it|everyone)\b
          |pays?\ off|thereby|which\ (?:helps?|means(?!\ [\"“'])|makes)
          |(?:leads?|leading|results?|resulting|contributes?|contributing|translates?)\ (?:to|in|into)\ (?:\w+\ )?
          (?:better|improved|increased|greater|more|less|fewer|faster|lower|reduced|significant))\b
        |\bnot\ (?:only|just|merely)\b.*\b(?:but|also)\b"""),
    Cue("lasting", Kind.BENEFIT, 1.0, r"""
        \b(?:lasts?|lasting|stays?|remains?)\ (?:for\ |up\ to\ |much\ |even\ )?(?:longer|twice|years?|many|clean|fresh
          |healthy|decades|\d|a\ (?:long|life)) |\btwice\ as\b |\blong(?:er)?-(?:lasting|term)\b"""),
    Cue("spared", Kind.BENEFIT, 0.75, r"""
        \b(?:never\ (?:have\ to\ )?(?:worry|again)|(?:don['’]t|doesn['’]t|won['’]t)\ (?:have|need)\ to|no\ need\ to
          |without\ (?:the|any|having|sacrificing)|instead\ of\ \w+ing|say\ goodbye\ to|forget\ about)\b
          |\bbefore\ (?:it|they|problems|any)\b
        |\bskip\ the\b |(?:^|[-–—:]\ )no\ \w+ |\b(?:low[ -]maintenance|very\ little|free\ of|for\ free)\b
        |\b(?:hassle|stress|worry|pain|mess|risk|trouble)-free\b"""),
    Cue("handy", Kind.BENEFIT, 0.5, r"""
        \b(?:at\ your\ own\ pace|comfort\ of\ your|in\ one\ place|anytime|any\ time|from\ anywhere|around\ the\ clock
          |(?:few|couple\ of|one)\ clicks?|in\ (?:minutes|seconds)|at\ a\ glance|up[ -]to[ -]date
          |peace\ of\ mind)\b"""),
    Cue("outcome", Kind.BENEFIT, 0.5, r"""
        \b(?:stress|tension|pain|stiffness|swelling|soreness|fatigue|anxiety|discomfort|injur(?:y|ies)|wear|waste
          |bills?|costs?|risk|sleep|mood|energy|circulation|flexibility|mobility|balance|strength|focus|productivity
          |confidence|comfort|health|well-?being|wellness|relaxation|recovery|performance|posture|immunity|morale
          |satisfaction|peace|lifespan|value|savings|safety|security|convenience|freedom|independence|efficiency
          |longevity|durability|hygiene|appearance|accuracy|endurance|stamina|digestion|clarity|creativity|motivation
          |self-esteem|happiness|vitality|quality\ of\ life|hassles?)\b
        |\b(?:estrés|dolor|tensión|sueño|bienestar|movilidad|salud|calidad\ de\ vida|energía|circulación|flexibilidad
          |postura|tranquilidad|riesgo|sonrisa)\b
        |\b(?:schmerz\w*|verspannung\w*|schlaf|beweglichkeit|wohlbefinden|gesundheit|lebensqualität|durchblutung
          |immunsystem|stress\w*|gelassenheit|konzentration)\b"""),
    Cue("merit", Kind.BENEFIT, 0.5, r"""
        \b(?:is|are|be|it['’]s|feels?|offers?|provides?)\b.{0,30}\b(?:durable|versatile|reliable|affordable
          |convenient|comfortable
          |efficient|effective|gentle|flexible|rewarding|relaxing|restorative|easy|simple|free|enjoyable|refreshing
          |sustainable)\b"""),
    Cue("starts with a gain", Kind.BENEFIT, 0.5, r"""
        ^(?:better|less|more|fewer|no\ more|faster|easier|improved|reduced|increased|enhanced|boosted|relief|faster
          |deeper
          |improves?|reduces?|relieves?|increases?|boosts?|eases?|promotes?|enhances?|strengthens?|prevents?|lowers?
          |saves?
          |alivio|mejora|reducción|aumento|weniger|mehr|bessere?)\b"""),
    Cue("question", Kind.OTHER, -3.0, r"\?[\"”’)\]]*$"),
    Cue("lead-in", Kind.OTHER, -3.0, r":$"),
    Cue("signpost", Kind.OTHER, -3.0, r"""
        \b(?:in\ this\ (?:article|post|guide|blog)|here(?:['’]s|\ is|\ are)\b|let(?:['’]s|\ us)\ |read\ on
          |we['’]ll\ (?:take|look|explore)
          |originally\ published|all\ rights\ reserved|click\ here|and\ (?:much|so\ much|many)\ more\b[.!]?$)
          |^(?:welcome|thank\ you|imagine|think\ of|below\ (?:is|are))\b |\b(?:the|its|their)\ (?:importance
          |significance)\ of\b
        |\b(?:understand|explor|discuss|discover|know|learn)\w*\ (?:\w+\ ){0,3}(?:benefits?|advantages?)\b |\b(?:our
          |this)\ (?:website|web\ site|blog|newsletter)\b"""),
    Cue("likeness", Kind.HOW_IT_WORKS, -0.75, r"\b(?:(?:much|just|almost)\ like|similar\ to|as\ if)\b"),
    Cue("the reader's case", Kind.OTHER, -1.5, r"^if\ you(?:['’](?:ve|re)|\ (?:have|are|want|like|need|love|feel"
         r"|would))\b"),
    Cue("problem", Kind.OTHER, -1.5, r"""
        \b(?:causes?|(?:lead(?:s|ing)?\ to|results?\ in)(?!\ (?:\w+\ )?(?:better|improved|increased|greater|more|less
          |fewer|faster|lower|reduced|accelerated|long|health\w+))|(?<!if\ you\ )(?<!you\ )suffer\w*|worsens?
          |aggravates?|irritates?|weakens?|can\ (?:be\ (?:difficult|hard)|get\ \w+(?:ed|ght|ck)))\b
        |\b(?:challeng(?:es?|ing)(?!\ you)|struggl\w+|damages|disrupted|blocked|neglect\w*|ignoring|fail(?:ing)?\ to
          |(?:when|if)\ (?:left|neglected|not)|(?:no|not)\ easy
          |(?:mak(?:es?|ing)|feel)\ \w+\ (?:sick|ill|worse|harder))\b
        |\b(?:increas\w*|trigger\w*|(?:more|higher|add(?:s|ed)?|build(?:s)?\ up)(?:\ of)?)\ (?:\w+\ )?(?:pain|stress
          |risks?|wear|damage|tension|swelling|problems|inflammation|strain)\b
        |\b(?:is|are|be|becomes?|becoming|feel|get|gets|very|quite|too)\ (?:\w+\ )?(?:stressful|painful|stiff
          |uncomfortable|unpleasant|dirty|matted|tangled|exhausting|frustrating|overwhelming|tedious|daunting
          |expensive|costly|dangerous)\b""",
        unless=r"\b(?:remov\w*|protect\w*|before\ (?:it|they|you|small|minor|any|problems)|prevent\w*|avoid\w*|less"
         r"|without\ the)\b"),
    Cue("want", Kind.OTHER, -1.5, r"^(?:without|unfortunately|sadly|prolonged|poor|untreated)\b"),
    Cue("denied", Kind.OTHER, -3.0, r"""
        \b(?:not|cannot|never)\ (?!only|just|merely|simply)(?:\w+\ ){0,2}?(?:eliminat|fix|reduc|improv|help|reliev
          |prevent|enough)\w*
        |n['’]t\ (?!only|just|merely|simply)(?:\w+\ ){0,2}?(?:eliminat|fix|reduc|improv|help|reliev|prevent)\w*
        |\b(?:nicht(?!\ (?:nur|zuletzt)\b)|keine?[nmrs]?)\b"""),
    Cue("necessity", Kind.OTHER, -0.75, r"""
        \b(?:must|should|essential(?!\ (?:for|to)\b)|it(?:['’]s|\ is)\ (?:important|essential|best|necessary|vital)
          |plays?\ an?\ \w+\ role)\b
        |(?<!don['’]t)(?<!not)(?<!no)\ needs?\ |\brequires\b |\b(?:necesit\w+|debe[ns]?|hay\ que|braucht
          |sollte\w*)\b"""),
    Cue("about us", Kind.OTHER, -1.0, r"""
        \b(?:equipped\ with|certified|licen[sc]ed|qualified|years\ of\ experience|award|our\ (?:team|staff|mission
          |company|clinic
          |studio|salon|shop)
          |we(?:['’]re|\ (?:are|believe|offer|provide|specialise|specialize|stock|serve)))\b"""),
    Cue("call to action", Kind.CTA, -3.0, r"""
        ^(?:please\ |just\ |simply\ |so\ )?(?:book|call|contact|visit|try|schedule|check\ out|sign\ up|register
          |download|learn|discover|order|buy
          |reach\ out|get\ in\ touch|come|click|subscribe|follow|look|open\ an|fork|join|ask|add|give|assess
          |treat\ yourself|choose|let\ us|speak\ (?:to|with)|talk\ to|find\ out|explore|request|stop\ by)\b(?!ing)
        |\b(?:ready\ to|want\ to|why\ not|look\ no\ further|book\ (?:now|your|an?)|contact\ us|call\ us
          |give\ it\ a\ try|don['’]t\ (?:wait|hesitate))\b
        |\b(?:reserv(?:a|e|ar)|llám[ea]\w*|contáct\w+|te\ invito|pide|solicita|agenda\ tu|buchen|vereinbaren|rufen\ sie
          |jetzt)\b"""),
    Cue("own voice", Kind.TESTIMONIAL, -2.0, r"""
        (?-i:\b(?:I|I['’](?:m|ve|d|ll)|[Mm]y|me|myself)\b) |^[“\"„«].*\b(?:we|our|us)\b |[”\"],?\ (?:said|says)\b
        |^[“\"„«][^“\"„«]{20,}[”\"“»]\W{0,20}$"""),
    Cue("caution", Kind.CONTRAINDICATION, -3.0, r"""
        \bcontraindicat |\b(?:consult|doctor|physician|oncologist|surgeon|healthcare\ provider|clearance
          |medical\ (?:advice|history|condition))\b
        |\b(?:not|isn['’]t|never)\ (?:be\ )?(?:suitable|recommended|advisable|advised|safe|a\ substitute)\b
          |\bshould\ (?:not|be\ avoided|avoid)\b
        |(?:^|[:,]\ )(?:please\ )?avoid\b |\b(?:months?|weeks?|trimester)\ of\ pregnancy\b |\bensure\ you(?:['’]re
          |\ are|\ have)\b |\bif\ you\ (?:are\ pregnant
          |have\ (?:(?:a|an|any)\ )?(?:\w+\ )?(?:condition|illness|injur|history|allerg|concern|problem|fever))
          |\b(?:vary
          |varies)\b |\bpostpone |\bmay\ not\ be\b |\bsafety\ (?:first|ensures)
        |\b(?:embaraz|médico|contraindic|precauci|schwanger|kontraindi|nicht\ geeignet|ärztlich|arzt\b|vorsicht\b
          |verzichten|vermeiden\ sie)"""),
    Cue("arrangements", Kind.LOGISTICS, -2.0, r"""
        [$€£]\s?\d |\d\s?(?:€|eur\b|usd\b|chf\b) |\bper\ (?:session|person|visit|month)\b
        |\b(?:prices?|fees?|cancel\w*|insurance|arrive|parking|gift\ (?:card|voucher|certificate)|opening\ hours
          |located|walk-ins?|deposit|refund|wear\ (?!and\b|out\b|on\b)|bring\ (?:a|an|your|along)|included?|includes
          |mon(?:day)?s?\ (?:to|-|–)|\d\s?[ap]\.?m)\b |\b(?:every|once\ a)\ (?:week|month|year|\d)
        |\b(?:members?|clients|customers|guests)\ (?:should|must|may|will|are)\b |\b(?:rules|regulations|prohibited
          |permitted
          |discretion|reserve\ the\ right|(?:is|are|be)\ (?:refused|charged|requested|not\ allowed))\b
        |\b(?:stornier\w*|uhr|preise?|kostet|precios?|tarifas?|horarios?|cancelaci\w+)\b"""),
    Cue("times", Kind.LOGISTICS, -1.0, r"""
        \b\d{1,4}[\ –-]*(?:\d{1,4}[\ -]*)?(?:min|mins|minutes?|hours?|hrs?|minuten|minutos|stunden)\b
        |\bappointments?\b"""),
    Cue("past", Kind.HISTORY, -2.0, r"""
        \b(?:century|centuries|originat\w+|dat(?:es|ing)\ back|was\ (?:founded|invented|developed|introduced|born
          |built)|founded|invented
          |thousands\ of\ years|popularity|ancestors|emperors?|pioneer\w*|siglo|jahrhundert)\b
        |\b(?:in|since|from|by|until|around|the)\ (?:1[0-9]|20)\d\d(?:['’]?s)?\b"""),
    Cue("definition", Kind.DEFINITION, -1.5, r"""
        \b(?:also\ known\ as|refers?\ to|is\ defined|translates?\ (?:to|as)|is\ the\ (?:practice|art|process)\ of
          |is\ called)\b
        |^(?:[\w’'-]+\ ){1,5}(?:is|are)\ an?\ (?!(?:\w+,?\ )?(?:and\ )?(?:great|good|effective|smart|wonderful
          |powerful|safe|gentle|simple|perfect|proven|excellent))
          (?:[\w’'-]+\ ){0,5}(?:form|type|kind|style|technique|method|treatment|therapy|procedure|practice|process
          |program(?:me)?|system|part|phase|modality)\b
        |^(?:[\w’'-]+\ ){1,5}(?:is|are)\ an?\ (?!(?:\w+,?\ )?(?:and\ )?(?:great|good|effective|smart|wonderful
          |powerful|safe|gentle|simple|perfect|proven|excellent|creative|easy))(?:[\w’'-]+\ ){1,6}(?:that|which|where
          |used|designed
          |made|specifically)\b
        |\b(?:ist|sind)\ eine?\b.*\b(?:form|art|methode|technik|behandlung|therapie)\b
        |\bes\ una?\ (?:masaje|técnica|tratamiento|método|terapia|forma)\b"""),
    Cue("for whom", Kind.AUDIENCE, -0.5, r"""
        \b(?:suit(?:able|ed)\ (?:for|to)|designed\ for|intended\ for|for\ (?:people|those|anyone|everyone|clients
          |patients|women|men|athletes)\b)"""),
    Cue("means", Kind.HOW_IT_WORKS, -0.5, r"""
        \b(?:therapists?|practitioners?|acupuncturist|instructors?|technicians?|(?:is|are)\ (?:applied|placed
          |inserted|used|designed|rooted)|uses?|using|works?\ by
          |technique|method|mechanism|focus(?:es)?\ on|process|applies|involves|converts?|because)\b
        |\bwe\ (?!help|are|offer|provide|believe)\w+ |^(?:first|next|then|during)\b
          |\b(?:técnicas?|aplicamos|technik)\b"""),
    Cue("leans on its neighbours", Kind.OTHER, -0.25, r"(?<!^)\b(?:these|this|those)\ (?!who\b|that\b|way\b|season\b"
         r"|year\b)\w+ |^(?:this|these|that|such)\b"),
)  # fmt: skip

PLACE = (
    Cue("contraindications", Kind.CONTRAINDICATION, -3.0, r"""
        contra-?indic|\b(?:when|who|should).*\b(?:not|avoid)\b|shouldn['’]t|\bavoid\ (?:if|when|massage|these)
          |\bto\ avoid
          |caution|disclaimer|side\ effects?|warnings?|safety\ (?:info|consider|concern|guide)|safe\ experience
          |not\ suitable|kontraindik|gegenanzeig|\bbeachten\b|\bconsult\b
        |^(?!.*(?:reduc|lower|less|minimi|fewer|prevent)).*\brisks?\b"""),
    Cue("problems", Kind.OTHER, -1.5, r"""
        \b(?:symptoms?|signs|causes?|myths?|mistakes|síntomas|señales|causas|symptome|ursachen)\b
        |^(?!.*(?:prevent|avoid|fewer|solv|reliev|early)).*\bproblems?\b |^without\b"""),
    Cue("voices", Kind.TESTIMONIAL, -2.0, r"\b(?:testimonials?|reviews?|(?:clients?|customers?|employees?|people"
         r"|patients?)\ (?:\w+\ )?say|opiniones|stimmen)\b"),
    Cue("benefits", Kind.BENEFIT, 1.0, r"""
        \b(?:benefits?|advantages?|why|reasons?|worth|good\ for|what\ .*\ (?:can\ do|does\ for)|pros\b|beneficios
          |ventajas
          |por\ qué
          |vorteile|nutzen|wirkung|effekte|warum)\b
        |\b(?:helps?(?:\ to|\ with|\ you)?|can|may|will|ideal\ for)(?:\ also)?:?$"""),
    Cue("call to action", Kind.CTA, -1.5, r"\b(?:get(?:ting)?\ started|next\ steps?|book\ (?:now|your|an?|online)"
         r"|contact"
         r"|contribut\w+|support\ (?:me|us)|quick\ start|ready)\b|^\W*(?:install(?:ation|ing)?|booking)\W*$"),
    Cue("history", Kind.HISTORY, -2.0, r"\b(?:history|origins?|story|tradition|historia|geschichte|ursprung|roots)\b"),
    Cue("arrangements", Kind.LOGISTICS, -1.5, r"""
        \b(?:pric(?:es?|ing)|rates?|hours|location|polic(?:y|ies)|what\ to\ (?:wear|bring)|prepar\w+
          |packages?|menu|(?<!lower\ )(?<!reduced\ )costs?(?![-\ ](?:effective|saving|efficien))|precios|tarifas
          |horarios?|preise|öffnungszeiten)\b"""),
    Cue("how it works", Kind.HOW_IT_WORKS, -0.75, r"\b(?:how\ .*\bworks?|technique|process|science|what\ (?:happens"
         r"|to\ expect)|you\ can\ expect|phases?|steps?|includes?|técnica|ablauf)\b"),
    Cue("audience", Kind.AUDIENCE, -1.5, r"\b(?:who\ (?:is|can|should|it)|for\ whom|suitable|requiring|candidates"
         r"|für\ wen|para\ quién)\b"),
    # only in a title: a lead-in that merely has "better" in it says nothing of its list
    Cue("gains", Kind.BENEFIT, 0.5, r"\b(?:improv|reduc|increas|better|less|more|enhanc|boost|reliev|relief"
         r"|faster|sav(?:e|ing)|prevent|longer|healthier|prevenc|mejor)\w*(?!.*:$)"),
)  # fmt: skip

TOPICS = {
    "tension": r"\btension|\btense\b|knots?\b|contractur|verspann|tensión",
    "stress": r"\bstress|estrés",
    "sleep": r"\bsleep|insomnia|sueño|schlaf",
    "pain": r"\bpains?\b|\baches?\b|\bsore|dolor|schmerz",
    "relaxation": r"relax|calm|unwind|sooth|entspann|relaj",
    "mood": r"\bmood|happi|well-?being|wellness|mental",
    "energy": r"\benerg|fatigue|refresh",
    "circulation": r"circulat|lymph|blood flow",
    "mobility": r"flexib|mobil|range of motion|stiff|supple",
    "strength": r"\bstrength|\bstrong|muscle mass",
    "focus": r"\bfocus|concentrat|clarity|productiv",
    "recovery": r"recover|rehab|\bheal(?:s|ing)?\b",
    "skin": r"\bskin|complexion|haut\b|piel\b",
    "immunity": r"immun",
    "money": r"\bcosts?\b|\bbills?\b|money|\bsav(?:e|es|ings?)\b|invest|\bvalue\b|\bfree\b",
    "time": r"\btime\b|\bminutes\b|quick|faster",
    "safety": r"\bsafe|protect|prevent",
    "environment": r"environment|carbon|pollut|climate|planet",
    "comfort": r"comfort",
    "confidence": r"confiden|smile",
}
