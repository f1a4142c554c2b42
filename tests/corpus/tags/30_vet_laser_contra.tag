subject: Laser therapy | lang: en | units: 35
1 x! heals wounds
2 x
4-10 x
12-22 x
24-26 x
28-29 x
31 l
33 x
34 l
