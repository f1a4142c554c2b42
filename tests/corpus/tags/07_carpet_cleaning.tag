subject: Hot water extraction | lang: en | units: 30
5 d
6 h! borrowed authority
8 b*
10 b*
13 b*! a named condition
14 b*! percentage
15 b*
17-18 b*
19 o! green claim
20 o! safe, green claim
22-24 l
25 x
27 l
28-29 c
