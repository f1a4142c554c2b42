subject: Pflanzenfarbe | lang: de | units: 30
2 d
3 h
5-6 t
8-11 b*
12 b! cure
13 x
14 b! absolute
17-20 w
22-23 x
24 o! rivals
25 t
26-28 l
29 c
