subject: Una traducción jurada | lang: es | units: 31
4-5 d
7-10 a
12 b*! guarantee
13-14 b*
15 b
16 b*
17 b*
21-25 w
26-27 x
28 t
29 l
30 c
