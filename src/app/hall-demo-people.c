/* SPDX-License-Identifier: GPL-3.0-or-later
 * Names are put together from two lists of one language, so that nobody is meant; the same number is the same person. */
#include "app/hall-demo-people.h"

typedef struct {
  const char *given[6];
  const char *family[6];
  gboolean    family_first;
} Language;

static const Language languages[] = {
  { { "Ana", "Lucía", "Mateo", "Inés", "Tomás", "Elena" },
    { "Robledo", "Quintana", "Salvatierra", "Montero", "Arroyo", "Peñalba" }, FALSE },
  { { "Łucja", "Żaneta", "Wojciech", "Świętosława", "Jędrzej", "Bożena" },
    { "Wierzba", "Jaśkowiak", "Brzezina", "Łąkowska", "Gołąb", "Rzeźniczak" }, FALSE },
  { { "Søren", "Åse", "Birgit", "Øyvind", "Mette", "Håkon" },
    { "Lindhave", "Østergren", "Kvistgård", "Nordfjell", "Rosenlund", "Ås" }, FALSE },
  { { "Ольга", "Тимур", "Вера", "Лев", "Нина", "Глеб" },
    { "Берёзкина", "Сосновский", "Ручьёва", "Полевой", "Звонарёва", "Лугов" }, FALSE },
  { { "Δάφνη", "Νίκος", "Ίριδα", "Ορέστης", "Θάλεια", "Άρης" },
    { "Ελαιώνα", "Θαλασσινός", "Ροδάκη", "Πετρίδης", "Κυπαρίσση", "Λεμονής" }, FALSE },
  { { "あおい", "陽菜", "蓮", "さくら", "海斗", "美月" },
    { "石橋", "竹内", "小川", "松岡", "森下", "野口" }, TRUE },
  { { "Zeynep", "Emre", "Işıl", "Kerem", "Gülşah", "Ömer" },
    { "Çınar", "Yıldızlı", "Toprak", "Ağaoğlu", "Denizer", "Kılıçarslan" }, FALSE },
  { { "Grace", "Oliver", "Maeve", "Callum", "Ruby", "Isaac" },
    { "Hathersage", "Penhallow", "Winterbourne", "Applegarth", "Thistlewood", "Marsh-Reed" }, FALSE },
  { { "ליאור", "נועה", "איתן", "שירה", "גיל", "תמר" },
    { "אלון", "כרמלי", "הדס", "שקד", "דקל", "ערבה" }, FALSE },
  { { "Chloé", "Théo", "Noémie", "Gaël", "Zoé", "Maëlle" },
    { "Boisclair", "Lafontaine-Roux", "D’Aubrac", "Châtaignier", "Hêtre", "Prévôt" }, FALSE },
};

static const char *const questions[] = {
  "Will there be a recording for those of us who cannot come?",
  "Where would you start with no tools at all?",
  "¿Se puede hacer esto con niños de ocho años?",
  "What is the mistake you see most often?",
  "Сколько времени это занимает, если честно?",
  "Is there a book you would give a friend who wants to begin?",
  "初心者でも一日でできますか？",
  "I tried it twice and it fell apart both times. What did I forget? 😅",
  "Czy trzeba kupować drogie materiały?",
  "Which part did you find hardest to learn?",
  "Peut-on le faire dans un petit appartement ?",
  "How do you know when it is good enough?",
  "Τι κάνετε όταν κάτι σπάσει στη μέση;",
  "Could you show the last step slowly, please?",
  "Kötü hava olduğunda ne yapıyorsunuz?",
  "What did this cost you, all in all?",
  "איפה אפשר לקנות את החומרים?",
  "Hvordan rydder du op bagefter?",
};

/* Neighbouring numbers are people of different languages, and no two numbers below 360 bear the same name. */
static const Language *
find_names (guint        number,
            const char **given,
            const char **family)
{
  const Language *language = &languages[number % G_N_ELEMENTS (languages)];
  guint           pair = number / G_N_ELEMENTS (languages);

  *given = language->given[pair % G_N_ELEMENTS (language->given)];
  *family = language->family[(pair / G_N_ELEMENTS (language->given) + pair) % G_N_ELEMENTS (language->family)];

  return language;
}

/**
 * hall_demo_people_name:
 * @number: which of them
 *
 * Returns: (transfer full): their name, as they would write it
 */
char *
hall_demo_people_name (guint number)
{
  const char     *given;
  const char     *family;
  const Language *language = find_names (number, &given, &family);

  return language->family_first ? g_strdup_printf ("%s %s", family, given) : g_strdup_printf ("%s %s", given, family);
}

/**
 * hall_demo_people_address:
 * @number: which of them
 *
 * Returns: (transfer full): a mail address that nobody can have
 */
char *
hall_demo_people_address (guint number)
{
  return g_strdup_printf ("guest.%03u@example.org", number + 1);
}

/**
 * hall_demo_people_question:
 * @number: which of them
 *
 * Returns: (transfer none) (nullable): what they ask; NULL for the four fifths who ask nothing
 */
const char *
hall_demo_people_question (guint number)
{
  /* Shifted by one from ten to ten, so that people of every language ask. */
  return (number + number / 10) % 5 == 0 ? questions[number / 5 % G_N_ELEMENTS (questions)] : NULL;
}
