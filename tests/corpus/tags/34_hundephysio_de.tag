subject: Hundephysiotherapie | lang: de | units: 30
1 a
9-11 b*
12 b*! cure, a named disease
13 b*
19-21 w
22 b*
23 b
24-25 x
26-27 l
