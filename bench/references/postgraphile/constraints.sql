-- Every foreign key has an index, as PostGraphile's page on performance advises.
ALTER TABLE catalogue.institution ADD PRIMARY KEY (id);
ALTER TABLE catalogue.skill ADD PRIMARY KEY (id);
ALTER TABLE catalogue.credential ADD PRIMARY KEY (id), ADD UNIQUE (slug);
ALTER TABLE catalogue.credential_skill ADD PRIMARY KEY (credential_id, ordinal);
ALTER TABLE catalogue.offering ADD PRIMARY KEY (credential_id, ordinal);
CREATE INDEX ON catalogue.credential (provider_id);
CREATE INDEX ON catalogue.credential_skill (skill_id);
ALTER TABLE catalogue.credential ADD FOREIGN KEY (provider_id) REFERENCES catalogue.institution;
ALTER TABLE catalogue.credential_skill ADD FOREIGN KEY (credential_id) REFERENCES catalogue.credential;
ALTER TABLE catalogue.credential_skill ADD FOREIGN KEY (skill_id) REFERENCES catalogue.skill;
ALTER TABLE catalogue.offering ADD FOREIGN KEY (credential_id) REFERENCES catalogue.credential;
VACUUM (ANALYZE) catalogue.institution, catalogue.skill, catalogue.credential, catalogue.credential_skill, catalogue.offering;
