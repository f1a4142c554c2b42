subject: Pocketledger | lang: en | units: 32
0 b*
1 d
2 c
9-11 w
13-17 b*
18 b
19 b*
20 t
21 t!
23-25 l
26 b*
28-29 x
30 l
31 c!
