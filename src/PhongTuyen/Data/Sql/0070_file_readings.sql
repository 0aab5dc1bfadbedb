-- How the texts of a file were read: in which alphabet from before Unicode, how many cells, and what its headers are as typed. No cell stands here: these are sealed with their row.
ALTER TABLE pt.import_run ADD COLUMN reading text NOT NULL DEFAULT '{}';
