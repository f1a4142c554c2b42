subject: The Print Works | lang: en | units: 34
5-7 b*
8 b
9 t
10 b*
11 l
13 b*! saving
14 b*! percentage
15 b*
18 c
19-20 l
23-26 l
28-31 l
32 c
33 l
