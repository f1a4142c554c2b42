"""Headlines as businesses really write them, with the supports that stand below some of them."""

FEET = (
    "Using the feet as the main tool, the therapist can effectively deliver more pressure over a wider surface area "
    "than can be done with hands and elbows."
)
PSOAS = (
    "Those hard to reach muscles that runners put stress on, including the psoas, glutes and hip rotators, are more "
    "easily accessed during an Ashiatsu massage."
)
LYMPH = (
    "Furthermore, numerous systems in the body are likely to be affected by an Ashiatsu massage, including the "
    "somewhat mysterious lymphatic system which produces and stores cells that fight infection and disease."
)

HEADLINES = [
    ("Ashiatsu massage reduces chronic tension.", FEET),
    ("Ashiatsu massage is great for the psoas, glutes, and hips.", PSOAS),
    ("The wide, long strokes in Ashiatsu help circulate lymph throughout its many channels in the body.", ""),
    (
        (
            "Ashiatsu is especially good for releasing chronic pressure in deep, hard to reach muscles and is "
            "especially well suited to those who can’t seem to get enough pressure during massages."
        ),
        FEET,
    ),
    ("It forces you to relax and increases systemic balance.", LYMPH),
    ("Ashiatsu is an ancient Eastern massage modality that dates back to as early as the 12th century.", ""),
    (
        (
            "Ashiatsu massage uses the therapist’s feet to deliver the deepest therapeutic massage available that is "
            "still comfortable and relaxing."
        ),
        "",
    ),
    ("For thousands of years many cultures, from India to Japan, have practiced massage with feet.", ""),
    (
        (
            "Deep tissue massage is beneficial in reducing tension that has been present in the body for a long time; "
            "from months to years."
        ),
        FEET,
    ),
    ("The increased surface area allows for deeper pressure.", FEET),
    ("Feet, not elbows.", "Ashi means feet, atsu means pressure."),
    ("Deep tissue massage.", ""),
    ("Breathe.", "Ten slow breaths before a run."),
    ("Rest is training.", ""),
    ("Book 60 minutes, feel lighter for days.", "Sessions of 60 and 90 minutes, Tuesday to Saturday."),
    ("Float tanks hold 600 litres of warm salt water.", ""),
    ("A single session lowers resting muscle tone for up to 48 hours.", FEET),
    ("Solar panels pay for themselves in 7 to 9 years.", "With 20 years of production still ahead of them."),
    ("Heat softens fascia; pressure then reaches deeper.", ""),
    ("“Fight back” less: muscles yield to greater force.", PSOAS),
    ("Yoga builds the strength that running forgets.", "Three poses, twice a week, after an easy run."),
    ("Acupuncture needles are about as thin as a human hair.", ""),
    ("Most clients fall asleep within the first 20 minutes of the session.", ""),
    ("Post-surgical physiotherapy begins on the first day after the operation.", FEET),
    ("Office massage takes 15 minutes and needs no oil, no table, and no change of clothes.", ""),
    ("Your invoices, sent and reconciled before breakfast.", "Connect a bank account once; the rest is automatic."),
    ("Los masajes descontracturantes alivian la tensión acumulada en el cuello y los hombros.", ""),
    ("Hydration matters more than stretching before a long summer run.", ""),
    ("Thai massage combines acupressure, assisted stretching, and breathing.", ""),
    ("Scar tissue responds best between week 6 and week 12.", "Ask for a gentle first appointment."),
    ("Knots are not knots.", "They are small patches of muscle that forgot how to let go."),
    ("Regular massage supports lymphatic drainage and immune response.", LYMPH),
]
