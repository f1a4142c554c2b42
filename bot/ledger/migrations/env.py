"""Alembic's entry: runs the migrations on the connection it is given, in one transaction."""

from alembic import context

connection = context.config.attributes["connection"]
context.configure(connection=connection)
with connection.begin():
    connection.exec_driver_sql("BEGIN IMMEDIATE")
    context.run_migrations()
