/* SPDX-License-Identifier: GPL-3.0-or-later
 * The same rows for people and for programs. */
#include "cli/hall-listing.h"

static HallListing *
make_listing (void)
{
  HallListing *listing = hall_listing_new ();

  hall_listing_next (listing);
  hall_listing_add_cell (listing, "Ana");
  hall_listing_add_cell (listing, "going");
  hall_listing_add_cell (listing, "Почему? 🐍");
  hall_listing_add_text (listing, "name", "Ana");
  hall_listing_add_text (listing, "question", "Почему? 🐍");
  hall_listing_add_moment (listing, "at", G_GINT64_CONSTANT (1464647400000000));
  hall_listing_add_number (listing, "n", 3);
  hall_listing_add_truth (listing, "came", TRUE);

  hall_listing_next (listing);
  hall_listing_add_cell (listing, "石橋 蓮");
  hall_listing_add_cell (listing, "");
  hall_listing_add_cell (listing, NULL);
  hall_listing_add_text (listing, "name", "a\"\n\x1b[31m");
  hall_listing_add_text (listing, "question", NULL);
  hall_listing_add_moment (listing, "at", 0);
  hall_listing_add_number (listing, "n", -1);
  hall_listing_add_truth (listing, "came", FALSE);

  hall_listing_next (listing);
  hall_listing_add_cell (listing, "e\xcc\x81");
  hall_listing_add_cell (listing, "two\nlines\x1b[31m");
  hall_listing_add_cell (listing, "x");

  return listing;
}

/* Wide letters take two columns, accents none, and nothing steers the terminal. */
static void
test_table (void)
{
  g_autoptr (HallListing) listing = make_listing ();
  g_autofree char        *table = hall_listing_to_table (listing);

  g_assert_cmpstr (table, ==,
                   "Ana      going           Почему? 🐍\n"
                   "石橋 蓮\n"
                   "e\xcc\x81        two lines [31m  x\n");
}

static void
test_json (void)
{
  g_autoptr (HallListing) listing = make_listing ();
  g_autofree char        *json = hall_listing_to_json (listing);

  g_assert_cmpstr (json, ==,
                   "[{\"name\":\"Ana\",\"question\":\"Почему? 🐍\",\"at\":\"2016-05-30T22:30:00Z\",\"n\":3,\"came\":true},"
                   "{\"name\":\"a\\\"\\n\\u001B[31m\",\"question\":null,\"at\":null,\"n\":-1,\"came\":false},{}]\n");
}

static void
test_empty (void)
{
  g_autoptr (HallListing) listing = hall_listing_new ();
  g_autofree char        *table = hall_listing_to_table (listing);
  g_autofree char        *json = hall_listing_to_json (listing);

  g_assert_cmpstr (table, ==, "");
  g_assert_cmpstr (json, ==, "[]\n");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/cli/listing/table", test_table);
  g_test_add_func ("/cli/listing/json", test_json);
  g_test_add_func ("/cli/listing/empty", test_empty);

  return g_test_run ();
}
