subject: Regular house cleaning with Marigold | lang: en | units: 34
4 b*!
5 b*
6 w
7 b
8 b*
11-14 l
16-17 b*
18 b
19 b*
21 b*!
22 b
23 b*
26 l
28 l
30 x
31-32 t
33 c
