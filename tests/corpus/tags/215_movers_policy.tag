subject: Two Ortegas Moving | lang: en | units: 35
1-2 l
4-8 l
10-13 l
16-19 x
21-23 l
26-27 l
30 h
33-34 c
