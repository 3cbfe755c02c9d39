/* SPDX-License-Identifier: GPL-3.0-or-later
 * Files of one test, and what a child process of it needs. */
#include "scratch.h"

#include <linux/capability.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

/* The path of a file in the test's own folder. */
char *
scratch_path (const char *name)
{
  const char *folder = g_get_user_data_dir ();

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);

  return g_build_filename (folder, name, NULL);
}

/* By this a test tells that a file is as it was, byte for byte. */
char *
scratch_checksum (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autofree char   *content = NULL;
  gsize              length;

  g_file_get_contents (path, &content, &length, &error);
  g_assert_no_error (error);

  return g_compute_checksum_for_data (G_CHECKSUM_SHA256, (guchar *) content, length);
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return g_strcmp0 (*(const char *const *) a, *(const char *const *) b);
}

/* What lies in the test's folder, in order, with a blank between. */
char *
scratch_list (void)
{
  g_autoptr (GError)    error = NULL;
  g_autoptr (GDir)      folder = g_dir_open (g_get_user_data_dir (), 0, &error);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  const char           *name;

  g_assert_no_error (error);
  while ((name = g_dir_read_name (folder)) != NULL)
    g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort (names, compare_names);
  g_ptr_array_add (names, NULL);

  return g_strjoinv (" ", (char **) names->pdata);
}

void
scratch_write (const char *path,
               const char *text)
{
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
}

/* Root passes over the modes of files; without its capabilities it does not. For a child process only. */
void
scratch_drop_privileges (void)
{
  struct __user_cap_header_struct header = { _LINUX_CAPABILITY_VERSION_3, 0 };
  struct __user_cap_data_struct   none[_LINUX_CAPABILITY_U32S_3] = { 0 };

  g_assert_cmpint (syscall (SYS_capset, &header, none), ==, 0);
}

/* The exit status of a child, or minus the signal that ended it. */
int
scratch_wait (int child)
{
  int status;

  g_assert_cmpint (waitpid (child, &status, 0), ==, child);

  return WIFEXITED (status) ? WEXITSTATUS (status) : -WTERMSIG (status);
}
