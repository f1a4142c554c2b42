subject: Seeded rye bread | lang: en | units: 34
2 l
12-14 w
16-21 w
23 w
30-31 h
32-33 l
